-- Every month on its chart, with the four rules of special cause variation. A point that is part of a
-- run or a trend is flagged from the run's first point on, as charts colour it.
with

months as (
    select * from {{ ref('int_chart_months') }}
),

limits as (
    select * from {{ ref('int_control_limits') }}
),

placed as (
    select
        months.*,
        limits.baseline_points,
        limits.mean,
        limits.mean_moving_range,
        limits.moving_ranges_dropped,
        limits.lower_limit,
        limits.upper_limit,
        limits.is_provisional_limits,
        sign(months.value - limits.mean) as side,
        case
            when months.value > limits.upper_limit then 1
            when months.value < limits.lower_limit then -1
            else 0
        end as outside_side,
        -- beyond two thirds of the way from the mean to a limit
        case
            when months.value - limits.mean > 2.0 / 3.0 * (limits.upper_limit - limits.mean) then 1
            when limits.mean - months.value > 2.0 / 3.0 * (limits.upper_limit - limits.mean) then -1
            else 0
        end as outer_third_side
    from months
    inner join limits
        on
            {{ same_series('months', 'limits') }}
            and months.segment = limits.segment
),

neighboured as (
    select
        *,
        count(*) over stretch_window as stretch_points,
        value - lag(value) over ordered_stretch as step,
        coalesce(sign(value - lag(value) over ordered_stretch), 0) as step_sign,
        lag(outer_third_side, 1, 0) over ordered_stretch as outer_third_1_before,
        lag(outer_third_side, 2, 0) over ordered_stretch as outer_third_2_before,
        lead(outer_third_side, 1, 0) over ordered_stretch as outer_third_1_after,
        lead(outer_third_side, 2, 0) over ordered_stretch as outer_third_2_after,
        row_number() over ordered_stretch as point_in_stretch
    from placed
    window
        stretch_window as (partition by source, indicator_id, area_code, segment, stretch),
        ordered_stretch as (stretch_window order by month)
),

-- consecutive points of one side, and consecutive steps of one direction, share an island number
islands as (
    select
        *,
        point_in_stretch - row_number() over (
            partition by source, indicator_id, area_code, segment, stretch, side
            order by month
        ) as side_island,
        point_in_stretch - row_number() over (
            partition by source, indicator_id, area_code, segment, stretch, step_sign
            order by month
        ) as step_island
    from neighboured
),

-- a trend through seven points takes six steps
counted as (
    select
        *,
        count(*) over (
            partition by source, indicator_id, area_code, segment, stretch, side, side_island
        ) as points_on_side,
        case
            when
                step_sign <> 0
                and count(*) over (
                    partition by
                        source, indicator_id, area_code, segment, stretch, step_sign, step_island
                ) >= 6
                then step_sign
        end as trend_of_own_step
    from islands
),

flagged as (
    select
        *,
        outside_side <> 0 as is_outside_limits,
        side <> 0 and points_on_side >= 7 as is_run_of_seven,
        -- the first point of a trend belongs to it by its next step; where two trends meet, so does the turn
        coalesce(lead(trend_of_own_step) over (
            partition by source, indicator_id, area_code, segment, stretch
            order by month
        ), trend_of_own_step) as trend_sign,
        outer_third_side <> 0
        and stretch_points >= 3
        and outer_third_side in (
            outer_third_1_before, outer_third_2_before, outer_third_1_after, outer_third_2_after
        ) as is_two_of_three
    from counted
)

select
    source,
    indicator_id,
    area_code,
    period_label,
    month,
    period_end,
    value,
    abs(step) as moving_range,
    baseline_points,
    mean,
    mean_moving_range,
    moving_ranges_dropped,
    lower_limit,
    upper_limit,
    is_provisional_limits,
    segment,
    segment_start,
    break_note,
    is_outside_limits,
    is_run_of_seven,
    trend_sign is not null as is_trend_of_seven,
    is_two_of_three,
    -- where several rules fire, the first of this order names the point, as in NHSRplotthedots
    case
        when outside_side = 1 then 'above the upper limit'
        when outside_side = -1 then 'below the lower limit'
        when trend_sign = 1 then '7 points rising'
        when trend_sign = -1 then '7 points falling'
        when is_two_of_three and outer_third_side = 1 then '2 of 3 near the upper limit'
        when is_two_of_three then '2 of 3 near the lower limit'
        when is_run_of_seven and side = 1 then '7 points above the mean'
        when is_run_of_seven then '7 points below the mean'
    end as special_cause,
    case
        when outside_side <> 0 then outside_side
        when trend_sign is not null then trend_sign
        when is_two_of_three then outer_third_side
        when is_run_of_seven then side
    end as special_cause_sign
from flagged
