with

points as (
    select * from {{ ref('int_control_chart_points') }}
),

indicators as (
    select * from {{ ref('indicators') }}
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
    {{ unless_withheld('value') }} as value,
    {{ unless_withheld('moving_range') }} as moving_range,
    baseline_points,
    {{ unless_withheld('mean') }} as mean,
    {{ unless_withheld('mean_moving_range') }} as mean_moving_range,
    {{ unless_withheld('moving_ranges_dropped') }} as moving_ranges_dropped,
    {{ unless_withheld('lower_limit') }} as lower_limit,
    {{ unless_withheld('greatest(lower_limit, 0)') }} as lower_limit_from_zero,
    {{ unless_withheld('upper_limit') }} as upper_limit,
    is_provisional_limits,
    {{ unless_withheld('is_outside_limits') }} as is_outside_limits,
    {{ unless_withheld('is_run_of_seven') }} as is_run_of_seven,
    {{ unless_withheld('is_trend_of_seven') }} as is_trend_of_seven,
    {{ unless_withheld('is_two_of_three') }} as is_two_of_three,
    {{ unless_withheld('special_cause is not null') }} as is_special_cause,
    {{ unless_withheld('special_cause') }} as special_cause,
    {{ unless_withheld(
        "case
            when special_cause is null then 'common cause'
            when polarity = 'neutral' then 'neutral'
            when (special_cause_sign < 0) = (polarity = 'lower_is_better') then 'improvement'
            else 'concern'
        end"
    ) }} as variation,
    segment,
    segment_start,
    break_note,
    is_withheld as is_suppressed
from described
