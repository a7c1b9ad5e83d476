-- Figures that a partner, or another source of the same table, states for an area and a period: of each the newest extract's. Sources of this
-- kind are observations as they stand; a row that is not there is not supplied, never zero.
with

figures as (
    select * from {{ ref('stg_partner_returns__figures') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

located as (
    select
        figures.source,
        figures.load_id,
        figures.row_number,
        figures.extract_date,
        spellings.area_code,
        figures.indicator_id,
        figures.period_start,
        figures.period_end,
        figures.numerator,
        figures.denominator,
        figures.value
    from figures
    inner join spellings
        on {{ folded_name('figures.area_as_written') }} = spellings.spelling
    -- what an area is measured against is no figure of the area, and a programme a part of one
    where
        figures.comparator is null
        and figures.programme is null
),

ranked as (
    select
        *,
        {{ vintage_rank(
            ['source', 'area_code', 'indicator_id', 'period_start', 'period_end'],
            within_load=true
        ) }} as vintage_rank
    from located
)

select
    source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    numerator,
    denominator,
    value as stated_value,
    true as is_supplied,
    extract_date
from ranked
where vintage_rank = 1
