-- Which list of cases speaks for an area and month: the newest extract that covers it, however it
-- spells the area; whether its rows are still there, or gone because their time was over; and whether
-- the rows of the twelve months before are there too, which repeats need.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

loads_with_cases as (
    select distinct load_id
    from {{ ref('stg_marac__cases') }}
),

ranked as (
    select
        coverage.load_id,
        coverage.extract_date,
        spellings.area_code,
        coverage.period_start as month,
        {{ vintage_rank(
            ['spellings.area_code', 'coverage.period_start'],
            of='coverage'
        ) }} as vintage_rank
    from coverage
    inner join spellings
        on {{ folded_name('coverage.scope') }} = spellings.spelling
    where
        coverage.source = 'marac'
        and coverage.dataset = 'marac_cases'
),

in_force as (
    select
        ranked.load_id,
        ranked.extract_date,
        ranked.area_code,
        ranked.month,
        loads.rows_loaded = 0 or loads_with_cases.load_id is not null as has_records
    from ranked
    inner join loads
        on ranked.load_id = loads.load_id
    left join loads_with_cases
        on ranked.load_id = loads_with_cases.load_id
    where ranked.vintage_rank = 1
)

select
    load_id,
    extract_date,
    area_code,
    month,
    has_records,
    count(*) filter (where has_records) over (
        partition by area_code
        order by {{ month_number('month') }}
        range between 12 preceding and current row
    ) = 13 as has_year_before
from in_force
