with

funnel as (
    select * from {{ ref('int_funnel') }}
)

select
    benchmark,
    benchmark_code,
    source,
    indicator_id,
    area_code,
    area_name,
    period_type,
    period_label,
    period_end,
    value,
    denominator,
    rate_per,
    rate,
    benchmark_rate,
    areas_pooled,
    areas_in_benchmark,
    lower_2_sigma,
    upper_2_sigma,
    lower_3_sigma,
    upper_3_sigma,
    funnel_position,
    is_beyond_2_sigma,
    is_beyond_3_sigma,
    dispersion,
    is_illustrative
from funnel
