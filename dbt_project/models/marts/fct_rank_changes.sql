with

rank_changes as (
    select * from {{ ref('int_rank_changes') }}
)

select
    rank_changes.scheme,
    rank_changes.source,
    rank_changes.indicator_id,
    rank_changes.area_code,
    rank_changes.area_name,
    rank_changes.period_type,
    rank_changes.period_label,
    rank_changes.period_end,
    {{ unless_withheld('rank_changes.previous_rate', ['is_previous_withheld']) }} as previous_rate,
    {{ unless_withheld('rank_changes.rate') }} as rate,
    {{ unless_withheld(
        'rank_changes.previous_rank',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as previous_rank,
    {{ unless_withheld(
        'rank_changes.rank',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as rank,
    {{ unless_withheld(
        'rank_changes.rank_change',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as rank_change,
    {{ unless_withheld(
        'rank_changes.own_rate_effect',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as own_rate_effect,
    {{ unless_withheld(
        'rank_changes.peers_rates_effect',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as peers_rates_effect,
    {{ unless_withheld(
        'rank_changes.membership_effect',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as membership_effect,
    {{ unless_withheld(
        'rank_changes.rank_if_only_own_changed',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as rank_if_only_own_changed,
    {{ unless_withheld(
        'rank_changes.rank_if_only_peers_changed',
        ['is_family_withheld', 'is_previous_family_withheld', 'is_withheld', 'is_previous_withheld']
    ) }} as rank_if_only_peers_changed,
    rank_changes.members_in_both,
    rank_changes.previous_members_reporting,
    rank_changes.members_reporting,
    rank_changes.break_note,
    rank_changes.is_illustrative,
    {{ any_withheld([
        'is_withheld',
        'is_previous_withheld',
        'is_family_withheld',
        'is_previous_family_withheld',
    ]) }} as is_suppressed
from rank_changes
{{ join_withheld('rank_changes') }}
