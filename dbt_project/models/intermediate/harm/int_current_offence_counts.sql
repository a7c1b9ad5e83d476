-- The counts of force extracts in force, by offence code and outcome: of each scope, indicator and month
-- the newest extract's, and of the scopes of one force only those of the one that speaks for the area.
with

counts as (
    select * from {{ ref('int_force_extract__offence_counts') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
    where dataset = 'force_extract'
),

scope_forces as (
    select * from {{ ref('int_scope_forces') }}
),

speaking as (
    select * from {{ ref('int_speaking_scopes') }}
    where dataset = 'force_extract'
)

select
    counts.load_id,
    counts.scope,
    counts.month,
    counts.area_code,
    counts.indicator_id,
    counts.offence_code,
    counts.outcome_word,
    counts.records
from counts
inner join coverage
    on
        counts.load_id = coverage.load_id
        and counts.scope = coverage.scope
        and counts.month = coverage.period_start
        and counts.indicator_id = coverage.indicator_id
left join scope_forces
    on counts.scope = scope_forces.scope
left join speaking
    on
        counts.indicator_id = speaking.indicator_id
        and counts.month = speaking.month
        and counts.area_code = speaking.area_code
        and scope_forces.force_code = speaking.force_code
where
    speaking.scope is null
    or speaking.scope = counts.scope
