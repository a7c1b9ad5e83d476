-- What programmes of a partnership reached, of each the newest return's, beside the same months a year
-- before. Programmes of a sensitive indicator are parts of it, and withheld.
with

figures as (
    select * from {{ ref('stg_partner_returns__figures') }}
    where programme is not null
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

areas as (
    select * from {{ ref('areas') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

ranked as (
    select
        spellings.area_code,
        figures.indicator_id,
        trim(figures.programme) as programme,
        lower(trim(figures.programme)) as programme_folded,
        figures.period_start,
        figures.period_end,
        coalesce(figures.numerator, figures.value) as value,
        figures.source_document,
        figures.extract_date,
        row_number() over (
            partition by
                spellings.area_code,
                figures.indicator_id,
                lower(trim(figures.programme)),
                figures.period_start,
                figures.period_end
            order by figures.extract_date desc, figures.load_id desc, figures.row_number desc
        ) as vintage_rank
    from figures
    inner join spellings
        on {{ folded_name('figures.area_as_written') }} = spellings.spelling
),

newest as (
    select * from ranked
    where vintage_rank = 1
)

select
    newest.area_code,
    areas.area_name,
    areas.area_type,
    newest.indicator_id,
    indicators.indicator_name,
    indicators.unit,
    newest.programme,
    newest.period_start,
    newest.period_end,
    newest.value,
    year_before.value as previous_value,
    newest.value - year_before.value as change,
    indicators.is_sensitive as is_withheld,
    newest.source_document,
    newest.extract_date
from newest
inner join areas
    on newest.area_code = areas.area_code
inner join indicators
    on newest.indicator_id = indicators.indicator_id
left join newest as year_before
    on
        newest.area_code = year_before.area_code
        and newest.indicator_id = year_before.indicator_id
        and newest.programme_folded = year_before.programme_folded
        and newest.period_start = year_before.period_start + interval 1 year
        and newest.period_end = last_day(year_before.period_end + interval 1 year)
