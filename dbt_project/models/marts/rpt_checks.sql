{{ config(materialized = 'view') }}
-- A view: the checks of the finished marts are written after the build and read when publishing.
with

results as (
    select * from {{ ref('int_check_results') }}
)

select
    check_id,
    stage,
    tool,
    subject,
    description,
    severity,
    status,
    case when is_shown then observed else 'kept private' end as observed,
    expected,
    case when is_shown then unexpected_count end as unexpected_count
from results
