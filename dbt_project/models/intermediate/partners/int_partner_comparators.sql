-- What partners state as comparators of an area: the newest of each area, comparator, indicator and
-- period. A comparator stated for a region or a country stands for every area in it.
with

figures as (
    select * from {{ ref('stg_partner_returns__figures') }}
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

stated as (
    select
        spellings.area_code,
        figures.comparator,
        figures.indicator_id,
        figures.period_start,
        figures.period_end,
        case
            when indicators.value_kind = 'proportion' and figures.denominator > 0
                then 100.0 * figures.numerator / figures.denominator
            when indicators.value_kind = 'proportion' then figures.value
            else coalesce(figures.numerator, figures.value)
        end as value,
        {{ vintage_rank(
            [
                'spellings.area_code', 'figures.comparator', 'figures.indicator_id',
                'figures.period_start', 'figures.period_end',
            ],
            of='figures', within_load=true
        ) }} as vintage_rank
    from figures
    inner join spellings
        on {{ folded_name('figures.area_as_written') }} = spellings.spelling
    inner join indicators
        on figures.indicator_id = indicators.indicator_id
    where figures.comparator is not null
),

-- nearness: the area's own, else its region's, else its country's
speaks_for as (
    select
        area_code,
        area_code as stated_for,
        1 as nearness
    from areas
    union all
    select
        area_code,
        region_code as stated_for,
        2 as nearness
    from areas
    where region_code is not null and region_code <> area_code
    union all
    select
        area_code,
        country_code as stated_for,
        3 as nearness
    from areas
    where country_code is not null and country_code <> area_code
),

nearest as (
    select
        speaks_for.area_code,
        stated.comparator,
        stated.indicator_id,
        stated.period_start,
        stated.period_end,
        stated.value,
        row_number() over (
            partition by
                speaks_for.area_code,
                stated.comparator,
                stated.indicator_id,
                stated.period_start,
                stated.period_end
            order by speaks_for.nearness
        ) as preference
    from stated
    inner join speaks_for
        on stated.area_code = speaks_for.stated_for
    where stated.vintage_rank = 1
)

select
    area_code,
    comparator,
    indicator_id,
    period_start,
    period_end,
    value
from nearest
where
    preference = 1
    and value is not null
