-- The counts in force of every record source.
with

counts as (
    select * from {{ ref('int_counts_by_vintage') }}
)

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
{{ join_in_force('counts') }}
where {{ is_in_force('counts') }}
