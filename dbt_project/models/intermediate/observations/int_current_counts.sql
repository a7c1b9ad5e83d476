-- The counts in force: of each scope, indicator and month only the newest extract that covers it, and of
-- the scopes of one force only the one that speaks for the area.
with

counts as (
    select * from {{ ref('int_counts_by_vintage') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

scope_forces as (
    select * from {{ ref('int_scope_forces') }}
),

speaking as (
    select * from {{ ref('int_speaking_scopes') }}
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
    left join scope_forces
        on counts.scope = scope_forces.scope
    left join speaking
        on
            counts.source = speaking.source
            and counts.dataset = speaking.dataset
            and counts.indicator_id = speaking.indicator_id
            and counts.month = speaking.month
            and counts.area_code = speaking.area_code
            and scope_forces.force_code = speaking.force_code
    where
        speaking.scope is null
        or speaking.scope = counts.scope
)

select * from current_counts
