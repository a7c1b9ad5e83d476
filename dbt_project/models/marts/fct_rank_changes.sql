{% set own_or_family = [
    'is_withheld',
    'is_previous_withheld',
    'is_family_withheld',
    'is_previous_family_withheld',
] -%}

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
    {{ unless_withheld(['rate'], of='rank_changes') }},
    {{ unless_withheld(['previous_rate'], ['is_previous_withheld'], of='rank_changes') }},
    {{ unless_withheld([
        'previous_rank',
        'rank',
        'rank_change',
        'own_rate_effect',
        'peers_rates_effect',
        'membership_effect',
        'rank_if_only_own_changed',
        'rank_if_only_peers_changed',
    ], own_or_family, of='rank_changes') }},
    rank_changes.members_in_both,
    rank_changes.previous_members_reporting,
    rank_changes.members_reporting,
    rank_changes.break_note,
    rank_changes.is_illustrative,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(own_or_family) }} as is_rank_suppressed
from rank_changes
{{ join_withheld('rank_changes') }}
