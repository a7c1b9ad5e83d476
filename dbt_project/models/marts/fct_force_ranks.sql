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
    areas_ranked
from ranks
