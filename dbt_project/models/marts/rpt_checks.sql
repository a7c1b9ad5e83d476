{{ config(materialized = 'view') }}
-- A view: the checks of the finished marts are written after the build and read when publishing.
with

results as (
    select * from {{ ref('stg_checks__results') }}
)

select
    check_id,
    stage,
    tool,
    subject,
    description,
    severity,
    status,
    observed,
    expected,
    unexpected_count
from results
