{% set own_or_force = [
    'is_withheld',
    'is_previous_withheld',
    'is_force_withheld',
    'is_previous_force_withheld',
] -%}

with

ranks as (
    select * from {{ ref('int_force_ranks') }}
)

select
    ranks.force_code,
    ranks.source,
    ranks.indicator_id,
    ranks.area_code,
    ranks.area_name,
    ranks.period_type,
    ranks.period_label,
    ranks.period_end,
    {{ unless_withheld(['rate'], of='ranks') }},
    {{ unless_withheld(['rate_rank'], ['is_withheld', 'is_force_withheld'], of='ranks') }},
    {{ unless_withheld(['change_pct'], ['is_withheld', 'is_previous_withheld'], of='ranks') }},
    {{ unless_withheld(['change_pct_is_unreliable'], ['is_previous_withheld'], of='ranks') }},
    {{ unless_withheld(['change_rank'], own_or_force, of='ranks') }},
    ranks.areas_ranked,
    ranks.areas_ranked_by_change,
    ranks.partnerships_in_force,
    ranks.break_note,
    ranks.rank_basis,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(own_or_force) }} as is_rank_suppressed
from ranks
{{ join_withheld('ranks') }}
