with

rank_changes as (
    select * from {{ ref('int_rank_changes') }}
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
    previous_rate,
    rate,
    previous_rank,
    rank,
    rank_change,
    own_rate_effect,
    peers_rates_effect,
    membership_effect,
    rank_if_only_own_changed,
    rank_if_only_peers_changed,
    members_in_both,
    previous_members_reporting,
    members_reporting,
    break_note,
    is_illustrative
from rank_changes
