-- The counts in force: of each scope, indicator and month only the newest extract that covers it.
with

counts as (
    select * from {{ ref('int_counts_by_vintage') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

current_counts as (
    select
        counts.source,
        counts.dataset,
        counts.scope,
        counts.month,
        counts.area_code,
        counts.indicator_id,
        counts.records,
        coverage.extract_date
    from counts
    inner join coverage
        on
            counts.load_id = coverage.load_id
            and counts.dataset = coverage.dataset
            and counts.scope = coverage.scope
            and counts.indicator_id = coverage.indicator_id
            and counts.month = coverage.period_start
)

select * from current_counts
