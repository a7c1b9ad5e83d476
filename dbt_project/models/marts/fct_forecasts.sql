with

forecasts as (
    select * from {{ ref('int_year_end_forecasts') }}
),

periods as (
    select * from {{ ref('int_periods') }}
    where period_type = 'financial_year'
),

described as (
    select
        forecasts.*,
        periods.period_label,
        periods.period_end,
        {{ series_labels() | indent(4) }}
    from forecasts
    inner join periods
        on last_day(forecasts.year_end_month) = periods.period_end
    {{ join_series_labels('forecasts') | indent(4) }}
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
    period_label,
    period_end,
    last_month,
    months_known,
    months_ahead,
    {{ unless_withheld([
        'value_so_far',
        'naive_year_end',
        'forecast',
        'forecast_lower',
        'forecast_upper',
        'mean_error',
        'mean_naive_error',
        'error_ratio',
        'reason_no_forecast',
    ]) }},
    origins_tested,
    is_withheld as is_suppressed
from described
