with

partner_values as (
    select * from {{ ref('int_partner_values') }}
)

select
    source,
    indicator_id,
    indicator_name,
    theme,
    unit,
    polarity,
    area_code,
    area_name,
    area_type,
    period_type,
    period_label,
    period_start,
    period_end,
    is_complete,
    {{ unless_withheld([
        'value', 'numerator', 'denominator', 'value_lower', 'value_upper',
        'region_value', 'region_gap', 'people_behind_region',
        'country_value', 'country_gap', 'people_behind_country',
        'top_quartile_value', 'top_quartile_gap', 'people_behind_top_quartile',
        'benchmark_value', 'benchmark_gap',
    ]) }},
    benchmark_source,
    is_withheld as is_suppressed,
    extract_date
from partner_values
