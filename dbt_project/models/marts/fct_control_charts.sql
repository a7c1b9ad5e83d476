with

points as (
    select * from {{ ref('int_control_chart_points') }}
),

described as (
    select
        points.*,
        case
            when points.lower_limit is not null then greatest(points.lower_limit, 0)
        end as lower_limit_from_zero,
        points.special_cause is not null as is_special_cause,
        case
            when points.special_cause is null then 'common cause'
            when indicators.polarity = 'neutral' then 'neutral'
            when (points.special_cause_sign < 0) = (indicators.polarity = 'lower_is_better')
                then 'improvement'
            else 'concern'
        end as variation,
        {{ series_labels() | indent(4) }}
    from points
    {{ join_series_labels('points') | indent(4) }}
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
