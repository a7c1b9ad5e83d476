-- The counts of force extracts in force, by offence code and outcome.
with

counts as (
    select
        *,
        'force_extract' as dataset
    from {{ ref('int_force_extract__offence_counts') }}
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
{{ join_in_force('counts') }}
where {{ is_in_force('counts') }}
