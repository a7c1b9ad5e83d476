-- The quarterly return's counts in force: of each area, quarter, measure and breakdown the newest.
with

quarterly as (
    select * from {{ ref('stg_marac__quarterly') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

ranked as (
    select
        quarterly.extract_date,
        spellings.area_code,
        quarterly.period_label,
        quarterly.period_start,
        quarterly.period_end,
        quarterly.measure,
        quarterly.breakdown,
        quarterly.counted,
        {{ vintage_rank(
            [
                'spellings.area_code', 'quarterly.period_start', 'quarterly.measure',
                'lower(quarterly.breakdown)',
            ],
            of='quarterly', within_load=true
        ) }} as vintage_rank
    from quarterly
    inner join spellings
        on {{ folded_name('quarterly.area_as_written') }} = spellings.spelling
)

select
    extract_date,
    area_code,
    period_label,
    period_start,
    period_end,
    measure,
    breakdown,
    counted
from ranked
where vintage_rank = 1
