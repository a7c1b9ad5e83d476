with

comparisons as (
    select * from {{ ref('int_family_comparisons') }}
),

-- "better" by polarity: lower, save where higher is better; neutral indicators rank lowest first
oriented as (
    select
        *,
        case when polarity = 'higher_is_better' then -rate else rate end as own_order,
        case when polarity = 'higher_is_better' then -peer_rate else peer_rate end as peer_order,
        case when polarity = 'higher_is_better' then -rate_upper else rate_lower end as own_best,
        case when polarity = 'higher_is_better' then -rate_lower else rate_upper end as own_worst,
        case when polarity = 'higher_is_better' then -peer_rate_upper else peer_rate_lower end
            as peer_best,
        case when polarity = 'higher_is_better' then -peer_rate_lower else peer_rate_upper end
            as peer_worst
    from comparisons
),

summed as (
    select
        scheme,
        source,
        indicator_id,
        area_code,
        area_name,
        polarity,
        period_type,
        period_label,
        period_end,
        any_value(value) as value,
        any_value(denominator) as denominator,
        any_value(rate_per) as rate_per,
        any_value(rate) as rate,
        any_value(rate_lower) as rate_lower,
        bool_or(scheme = 'illustrative' or family_source ilike '%illustrative%') as is_illustrative,
        count(*) as family_size,
        count(peer_rate) as members_reporting,
        1 + count(*) filter (where peer_order < own_order) as rank,
        1 + count(*) filter (where peer_worst < own_best) as rank_best,
        count(peer_rate) - count(*) filter (where peer_best > own_worst) as rank_worst,
        avg(peer_rate order by neighbour_code) as family_mean_rate,
        any_value(rate_per)
        * sum(peer_value order by neighbour_code) filter (where peer_denominator is not null)
        / sum(peer_denominator order by neighbour_code) as family_pooled_rate,
        -- the nearest rate on the better side
        max(peer_order) filter (where peer_order < own_order) as next_order
    from oriented
    group by
        scheme,
        source,
        indicator_id,
        area_code,
        area_name,
        polarity,
        period_type,
        period_label,
        period_end
)

select
    scheme,
    source,
    indicator_id,
    area_code,
    area_name,
    period_type,
    period_label,
    period_end,
    rate,
    rank,
    case when rate_lower is not null then rank_best end as rank_best,
    case when rate_lower is not null then rank_worst end as rank_worst,
    members_reporting,
    family_size,
    -- floor((k + 1) - ceil(((n + 1) - rank) / (n / k))), k = 4, in whole numbers
    5 - ((members_reporting + 1 - rank) * 4 + members_reporting - 1) // members_reporting
        as quartile,
    family_mean_rate,
    family_pooled_rate,
    100.0 * (rate - family_mean_rate) / nullif(family_mean_rate, 0) as gap_to_mean_pct,
    value - family_mean_rate * denominator / rate_per as offences_above_mean,
    -- how many fewer (more, where higher is better) bring the rate to that of the next place up
    cast(ceil(abs(abs(next_order) * denominator / rate_per - value) - 1e-9) as bigint)
        as offences_to_next_place,
    is_illustrative
from summed
