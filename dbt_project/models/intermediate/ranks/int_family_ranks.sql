-- Each area's place in its family, by scheme, for every figure that has a rate.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

comparisons as (
    select * from {{ ref('int_family_comparisons') }}
),

-- the 95 % interval turned round with the rate where higher is better
oriented as (
    select
        *,
        {{ best_first('rate', 'polarity') }} as own_order,
        {{ best_first('peer_rate', 'polarity') }} as peer_order,
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
        period_type,
        period_end,
        bool_or(is_illustrative) as is_illustrative,
        max(family_size) as family_size,
        count(*) as members_reporting,
        {{ rank_behind('peer_order < own_order') }} as rank,
        {{ rank_behind('peer_worst < own_best') }} as rank_best,
        count(*) - count(*) filter (where peer_best > own_worst) as rank_worst,
        -- as decimals, whose sums do not depend on the order: two builds must agree to the bit, and
        -- ordered sums of nine million rows (a national list) do not fit into a gibibyte
        cast(sum(cast(peer_rate as decimal(38, 18))) as double) / count(*) as family_mean_rate,
        -- only where every member says what it counted and of how many
        case
            when count(peer_events) = count(*) and count(peer_denominator) = count(*)
                then cast(sum(cast(peer_events as decimal(38, 9))) as double)
                    / cast(sum(cast(peer_denominator as decimal(38, 9))) as double)
        end as family_pooled_share,
        -- the rate of the next place up: the nearest on the better side
        max(peer_order) filter (where peer_order < own_order) as next_order
    from oriented
    group by all
)

select
    summed.scheme,
    summed.source,
    summed.indicator_id,
    summed.area_code,
    own.area_name,
    own.polarity,
    own.period_type,
    own.period_label,
    own.period_end,
    own.rate,
    summed.rank,
    case when own.rate_lower is not null then summed.rank_best end as rank_best,
    case when own.rate_lower is not null then summed.rank_worst end as rank_worst,
    summed.members_reporting,
    summed.family_size,
    {{ quartile_by_rank('summed.rank', 'summed.members_reporting') }} as quartile,
    summed.family_mean_rate,
    own.rate_per * summed.family_pooled_share as family_pooled_rate,
    100.0 * (own.rate - summed.family_mean_rate) / nullif(summed.family_mean_rate, 0)
        as gap_to_mean_pct,
    (own.rate - summed.family_mean_rate) * own.denominator / own.rate_per as offences_above_mean,
    -- Fewer offences (more, where higher is better) that bring the rate to that of the next place up.
    -- A whole number of them can come out a hair above itself: two rates of real areas lie at least
    -- one offence in a few million people apart, and doubles err by less than 1e-9 of an offence.
    cast(
        ceil(
            ({{ best_first('own.rate', 'own.polarity') }} - summed.next_order)
            * own.denominator / own.rate_per
            - 1e-8
        ) as bigint
    ) as offences_to_next_place,
    summed.is_illustrative,
    summed.members_reporting = summed.family_size as is_whole_family,
    {{ rank_basis('own.polarity') }} as rank_basis,
    {{ ordinal('summed.rank') }}
    || ' of '
    || summed.members_reporting
    || case
        when summed.members_reporting < summed.family_size
            then ' that report, ' || (summed.family_size - summed.members_reporting) || ' missing'
        else ''
    end
    || case
        when own.rate_lower is not null and summed.rank_best < summed.rank_worst
            then ' (' || {{ ordinal('summed.rank_best') }}
                || ' to ' || {{ ordinal('summed.rank_worst') }} || ')'
        else ''
    end as rank_in_words
from summed
inner join indicator_values as own
    on {{ same_figure('summed', 'own') }}
