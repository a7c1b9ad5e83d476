with

figures as (
    select * from {{ ref('int_neighbourhood_figures') }}
)

select
    source,
    indicator_id,
    indicator_name,
    area_code,
    area_name,
    neighbourhood_type,
    neighbourhood_code,
    neighbourhood_name,
    is_current_boundary,
    period_type,
    period_label,
    period_start,
    period_end,
    months_expected,
    months_supplied,
    is_complete,
    value,
    value_so_far,
    denominator,
    population_year,
    rate_per,
    rate,
    share_of_csp_pct,
    rank_in_csp,
    neighbourhoods_in_csp,
    is_in_top_5pct,
    csp_top_5pct_share_pct,
    months_above_90th_percentile,
    previous_value,
    change,
    change_pct,
    change_pct_is_unreliable,
    break_note
from figures
