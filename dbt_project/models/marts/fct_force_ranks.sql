with

ranks as (
    select * from {{ ref('int_force_ranks') }}
)

select
    force_code,
    source,
    indicator_id,
    area_code,
    area_name,
    period_type,
    period_label,
    period_end,
    rate,
    rate_rank,
    change_pct,
    change_rank,
    areas_ranked,
    areas_ranked_by_change,
    partnerships_in_force,
    change_pct_is_unreliable,
    break_note,
    rank_basis
from ranks
