with

headline_sensitivity as (
    select * from {{ ref('int_headline_sensitivity') }}
)

select
    area_code,
    area_name,
    indicator_id,
    source,
    period_type,
    period_label,
    period_end,
    denominator_policy,
    is_base,
    value,
    previous_value,
    change,
    change_pct,
    change_pp,
    population_year,
    rate,
    previous_rate,
    rate_change,
    family_rank,
    family_members_reporting,
    force_rank,
    force_areas_ranked,
    sign_flips,
    family_rank_flips,
    force_rank_flips,
    headline_is_sensitive
from headline_sensitivity
