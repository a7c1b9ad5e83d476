with

names as (
    select * from {{ ref('int_period_names') }}
)

select
    period_type,
    period_label,
    period_start,
    period_end,
    months,
    financial_year,
    previous_start,
    previous_end,
    period_in_words,
    previous_in_words
from names
