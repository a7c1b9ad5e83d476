with

-- each amount of a document in a row of its own
amounts as (
    select
        _load_id as load_id,
        area,
        lower(grant_name) as grant_name,
        period,
        line_type,
        unnest(['allocation', 'spend', 'forecast', 'carry_forward_in']) as amount_of,
        unnest([allocation, spend, forecast, carry_forward_in]) as amount
    from grant_lines
),

-- A line of a year without an allocation, and any line without a carry-forward, has none. Where only some lines state
-- another amount nothing can be said: allocations of a quarter are as last given (what they sum to is in
-- fct_grant_lines), and a spend or forecast can be one that is not yet known.
totals as (
    select
        load_id,
        abs(
            max(amount) filter (where line_type = 'total')
            - sum(amount) filter (where line_type = 'line')
        ) as difference
    from amounts
    group by load_id, area, grant_name, period, amount_of
    having
        amount_of = 'carry_forward_in'
        or (amount_of = 'allocation' and period not like '% Q_')
        or count(*) filter (where line_type = 'line' and amount is null) = 0
),

differing as (
    select
        load_id,
        -- to the penny: sums of money are doubles
        count(*) filter (where difference >= 0.005) as totals_that_differ
    from totals
    group by load_id
),

-- what is below 0 was taken back: less of it than planned is not too much spent
overspent as (
    select
        _load_id as load_id,
        count(*) filter (
            where spend > allocation + coalesce(carry_forward_in, 0) and allocation + coalesce(carry_forward_in, 0) >= 0
        ) as spend_above_available
    from grant_lines
    group by _load_id
)

select
    overspent.load_id,
    coalesce(differing.totals_that_differ, 0) as totals_that_differ,
    overspent.spend_above_available
from overspent
left join differing on overspent.load_id = differing.load_id
