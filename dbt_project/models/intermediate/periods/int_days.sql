{{ config(materialized="view") }}

-- The days that a semantic layer counts time by: every day of the periods there are.
with

periods as (
    select * from {{ ref('int_periods') }}
),

span as (
    select
        min(period_start) as first_day,
        max(period_end) as last_day
    from periods
)

select
    cast(unnest(generate_series(
        cast(first_day as timestamp), cast(last_day as timestamp), interval 1 day
    )) as date) as day
from span
