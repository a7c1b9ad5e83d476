with

trends as (
    select * from {{ ref('int_trends') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

described as (
    select
        trends.*,
        periods.period_label,
        {{ series_labels() | indent(4) }}
    from trends
    inner join periods
        on
            trends.period_type = periods.period_type
            and trends.period_end = periods.period_end
    {{ join_series_labels('trends') | indent(4) }}
)

select
    source,
    indicator_id,
    indicator_name,
    polarity,
    area_code,
    area_name,
    area_type,
    force_code,
    period_type,
    period_label,
    period_end,
    first_period_label,
    years,
    measure,
    {{ unless_withheld([
        'first_value',
        'last_value',
        'slope',
        'chi_square',
        'p_value',
        'is_sign_stable',
        'trend',
        'trend_reason',
        'direction_of_travel',
    ]) }},
    is_withheld as is_suppressed
from described
