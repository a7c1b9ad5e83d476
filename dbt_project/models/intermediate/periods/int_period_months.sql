-- Which months make up each period. Whatever is summed from months joins it by equality: a join on the
-- range of a period costs far more at national scale.
with

periods as (
    select * from {{ ref('int_periods') }}
)

select
    *,
    cast(unnest(generate_series(
        cast(period_start as timestamp), cast(period_end as timestamp), interval 1 month
    )) as date) as month
from periods
