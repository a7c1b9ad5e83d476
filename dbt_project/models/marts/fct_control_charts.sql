with

points as (
    select * from {{ ref('int_control_chart_points') }}
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
        points.*,
        greatest(points.lower_limit, 0) as lower_limit_from_zero,
        points.special_cause is not null as is_special_cause,
        case
            when points.special_cause is null then 'common cause'
            when indicators.polarity = 'neutral' then 'neutral'
            when (points.special_cause_sign < 0) = (indicators.polarity = 'lower_is_better')
                then 'improvement'
            else 'concern'
        end as variation,
        indicators.indicator_name,
        indicators.polarity,
        areas.area_name,
        areas.area_type,
        areas.force_code,
        withheld_series.source is not null as is_withheld
    from points
    inner join indicators
        on points.indicator_id = indicators.indicator_id
    inner join areas
        on points.area_code = areas.area_code
    left join withheld_series
        on
            points.source = withheld_series.source
            and points.indicator_id = withheld_series.indicator_id
            and points.area_code = withheld_series.area_code
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
    month,
    period_label,
    period_end,
    baseline_points,
    {{ unless_withheld([
        'value',
        'moving_range',
        'mean',
        'mean_moving_range',
        'moving_ranges_dropped',
        'lower_limit',
        'lower_limit_from_zero',
        'upper_limit',
        'is_outside_limits',
        'is_run_of_seven',
        'is_trend_of_seven',
        'is_two_of_three',
        'is_special_cause',
        'special_cause',
        'variation',
    ]) }},
    is_provisional_limits,
    segment,
    segment_start,
    break_note,
    is_withheld as is_suppressed
from described
