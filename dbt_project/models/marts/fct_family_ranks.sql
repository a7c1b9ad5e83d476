with

ranks as (
    select * from {{ ref('int_family_ranks') }}
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
    rank_best,
    rank_worst,
    members_reporting,
    family_size,
    quartile,
    family_mean_rate,
    family_pooled_rate,
    gap_to_mean_pct,
    offences_above_mean,
    offences_to_next_place,
    is_illustrative,
    is_whole_family,
    rank_basis,
    rank_in_words
from ranks
