-- Which list of cases speaks for an area and month: the newest extract that covers it, however it
-- spells the area; and whether the twelve months before are covered too, which repeats need.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

ranked as (
    select
        coverage.load_id,
        coverage.extract_date,
        spellings.area_code,
        coverage.period_start as month,
        row_number() over (
            partition by spellings.area_code, coverage.period_start
            order by coverage.extract_date desc, coverage.load_id desc
        ) as vintage_rank
    from coverage
    inner join spellings
        on lower(trim(coverage.scope)) = spellings.spelling
    where
        coverage.source = 'marac'
        and coverage.dataset = 'marac_cases'
)

select
    load_id,
    extract_date,
    area_code,
    month,
    count(*) over (
        partition by area_code
        order by {{ month_number('month') }}
        range between 12 preceding and current row
    ) = 13 as has_year_before
from ranked
where vintage_rank = 1
