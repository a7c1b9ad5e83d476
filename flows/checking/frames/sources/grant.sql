with

periods as (
    select
        _load_id as load_id,
        abs(
            max(allocation) filter (where line_type = 'total') - sum(allocation) filter (where line_type = 'line')
        ) as difference,
        count(*) filter (where spend > allocation + coalesce(carry_forward_in, 0)) as spend_above_available
    from grant_lines
    group by _load_id, area, lower(grant_name), period
)

select
    load_id,
    -- to the penny: sums of money are doubles
    count(*) filter (where difference >= 0.005) as totals_that_differ,
    cast(sum(spend_above_available) as bigint) as spend_above_available
from periods
group by load_id
