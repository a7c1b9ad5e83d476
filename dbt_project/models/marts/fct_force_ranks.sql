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
    {{ unless_withheld('ranks.rate') }} as rate,
    {{ unless_withheld('ranks.rate_rank', ['is_withheld', 'is_force_withheld']) }} as rate_rank,
    {{ unless_withheld(
        'ranks.change_pct',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pct,
    {{ unless_withheld(
        'ranks.change_rank',
        ['is_withheld', 'is_force_withheld', 'is_previous_withheld', 'is_previous_force_withheld']
    ) }} as change_rank,
    ranks.areas_ranked,
    ranks.areas_ranked_by_change,
    ranks.partnerships_in_force,
    {{ unless_withheld(
        'ranks.change_pct_is_unreliable',
        ['is_previous_withheld']
    ) }} as change_pct_is_unreliable,
    ranks.break_note,
    ranks.rank_basis,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld([
        'is_withheld',
        'is_force_withheld',
        'is_previous_withheld',
        'is_previous_force_withheld',
    ]) }} as is_rank_suppressed
from ranks
{{ join_withheld('ranks') }}
