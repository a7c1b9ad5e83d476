with

forecasts as (
    select * from {{ ref('int_year_end_forecasts') }}
),

periods as (
    select * from {{ ref('int_periods') }}
    where period_type = 'financial_year'
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

withheld_series as (
    select * from {{ ref('int_withheld_series') }}
),

described as (
    select
        forecasts.*,
        periods.period_label,
        periods.period_end,
        indicators.indicator_name,
        indicators.polarity,
        areas.area_name,
        areas.area_type,
        areas.force_code,
        withheld_series.source is not null as is_withheld
    from forecasts
    inner join periods
        on last_day(forecasts.year_end_month) = periods.period_end
    inner join indicators
        on forecasts.indicator_id = indicators.indicator_id
    inner join areas
        on forecasts.area_code = areas.area_code
    left join withheld_series
        on
            forecasts.source = withheld_series.source
            and forecasts.indicator_id = withheld_series.indicator_id
            and forecasts.area_code = withheld_series.area_code
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
