with

periods as (
    select
        _load_id as load_id,
        -- a quarter that states the allocations of some lines only leaves the others as last given: what they sum to
        -- is in fct_grant_lines
        case
            when period not like '% Q_' or count(*) filter (where line_type = 'line' and allocation is null) = 0
                then
                    abs(
                        max(allocation) filter (where line_type = 'total')
                        - sum(allocation) filter (where line_type = 'line')
                    )
        end as difference,
        -- what is below 0 was taken back: less of it than planned is not too much spent
        count(*) filter (
            where spend > allocation + coalesce(carry_forward_in, 0) and allocation + coalesce(carry_forward_in, 0) >= 0
        ) as spend_above_available
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
