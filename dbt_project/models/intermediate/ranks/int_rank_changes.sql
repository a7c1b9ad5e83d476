-- What the change of a home area's family rank against the year before is made of, by ranks that never
-- were: last year's rate among this year's, and the other way round. Home areas only: every row needs
-- the members of two years side by side, thirty times the figures at national scale.
{% set is_peer = 'now.neighbour_code <> now.area_code and ' -%}

with

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

comparisons as (
    select * from {{ ref('int_family_comparisons') }}
),

family_ranks as (
    select * from {{ ref('int_family_ranks') }}
),

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

home_comparisons as (
    select
        comparisons.scheme,
        comparisons.source,
        comparisons.indicator_id,
        comparisons.area_code,
        comparisons.period_type,
        comparisons.period_end,
        comparisons.neighbour_code,
        -- the same months one year before end on this day, whatever the leap year
        last_day(comparisons.period_end - interval 12 month) as previous_end,
        {{ best_first('comparisons.rate', 'comparisons.polarity') }} as own_order,
        {{ best_first('comparisons.peer_rate', 'comparisons.polarity') }} as peer_order
    from comparisons
    inner join home_areas
        on comparisons.area_code = home_areas.area_code
),

-- members that were in the family and had a complete period in both years; of the area itself only
-- one rate can count at a time, so it is no peer of its own here
both_years as (
    select
        now.scheme,
        now.source,
        now.indicator_id,
        now.area_code,
        now.period_type,
        now.period_end,
        now.previous_end,
        count(*) as members_in_both,
        {{ rank_behind(is_peer ~ 'before.peer_order < before.own_order') }} as rank_before,
        {{ rank_behind(is_peer ~ 'before.peer_order < now.own_order') }} as rank_if_only_own_changed,
        {{ rank_behind(is_peer ~ 'now.peer_order < before.own_order') }} as rank_if_only_peers_changed,
        {{ rank_behind(is_peer ~ 'now.peer_order < now.own_order') }} as rank_now
    from home_comparisons as now
    inner join home_comparisons as before
        on
            now.scheme = before.scheme
            and {{ same_series('now', 'before') }}
            and now.neighbour_code = before.neighbour_code
            and now.period_type = before.period_type
            and now.previous_end = before.period_end
    group by all
)

select
    both_years.scheme,
    both_years.source,
    both_years.indicator_id,
    both_years.area_code,
    ranks.area_name,
    both_years.period_type,
    ranks.period_label,
    both_years.period_end,
    previous_ranks.rate as previous_rate,
    ranks.rate,
    previous_ranks.rank as previous_rank,
    ranks.rank,
    ranks.rank - previous_ranks.rank as rank_change,
    -- what came of the own rate: the mean of changing it first and of changing it last, so that it
    -- does not matter who is taken to have moved first
    (
        (both_years.rank_if_only_own_changed - both_years.rank_before)
        + (both_years.rank_now - both_years.rank_if_only_peers_changed)
    ) / 2.0 as own_rate_effect,
    (
        (both_years.rank_if_only_peers_changed - both_years.rank_before)
        + (both_years.rank_now - both_years.rank_if_only_own_changed)
    ) / 2.0 as peers_rates_effect,
    -- those who left go at last year's rates, those who came come at this year's
    (both_years.rank_before - previous_ranks.rank) + (ranks.rank - both_years.rank_now)
        as membership_effect,
    both_years.rank_if_only_own_changed,
    both_years.rank_if_only_peers_changed,
    both_years.members_in_both,
    previous_ranks.members_reporting as previous_members_reporting,
    ranks.members_reporting,
    own.break_note,
    ranks.is_illustrative
from both_years
inner join family_ranks as ranks
    on
        {{ same_figure('both_years', 'ranks') }}
        and both_years.scheme = ranks.scheme
inner join family_ranks as previous_ranks
    on
        both_years.scheme = previous_ranks.scheme
        and {{ same_series('both_years', 'previous_ranks') }}
        and both_years.period_type = previous_ranks.period_type
        and both_years.previous_end = previous_ranks.period_end
inner join indicator_values as own
    on {{ same_figure('both_years', 'own') }}
