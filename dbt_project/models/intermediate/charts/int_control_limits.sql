-- Mean and limits of every segment of every chart. Limits are mean +/- 2.66 x mean moving range, after
-- moving ranges of 3.267 x their mean or more have been dropped once (2.66 = 3 / 1.128 and 3.267 are
-- Shewhart's constants for ranges of two). None is dropped where nothing but ranges of 0 would be left:
-- the limits of a few cases in years would be their mean, and every month outside them.
with

months as (
    select * from {{ ref('int_chart_months') }}
),

moving_ranges as (
    select
        source,
        indicator_id,
        area_code,
        segment,
        month,
        value,
        abs(value - lag(value) over (
            partition by source, indicator_id, area_code, segment, stretch
            order by month
        )) as moving_range
    from months
),

unscreened as (
    select
        source,
        indicator_id,
        area_code,
        segment,
        count(*) as baseline_points,
        {{ exact_mean('value') }} as mean,
        {{ exact_mean('moving_range') }} as mean_moving_range
    from moving_ranges
    group by all
),

-- a series that never moves has moving ranges of 0, and limits that are its mean
within_bound as (
    select
        moving_ranges.source,
        moving_ranges.indicator_id,
        moving_ranges.area_code,
        moving_ranges.segment,
        {{ exact_mean(
            'moving_ranges.moving_range',
            '(moving_ranges.moving_range < 3.267 * unscreened.mean_moving_range'
            ~ ' or unscreened.mean_moving_range = 0)'
        ) }} as mean_moving_range,
        count(*) filter (
            where
            moving_ranges.moving_range >= 3.267 * unscreened.mean_moving_range
            and unscreened.mean_moving_range > 0
        ) as moving_ranges_dropped
    from moving_ranges
    inner join unscreened
        on
            {{ same_series('moving_ranges', 'unscreened') }}
            and moving_ranges.segment = unscreened.segment
    group by all
),

screened as (
    select
        within_bound.* exclude (mean_moving_range, moving_ranges_dropped),
        case
            when within_bound.mean_moving_range = 0 then unscreened.mean_moving_range
            else within_bound.mean_moving_range
        end as mean_moving_range,
        case
            when within_bound.mean_moving_range = 0 then 0
            else within_bound.moving_ranges_dropped
        end as moving_ranges_dropped
    from within_bound
    inner join unscreened
        on
            {{ same_series('within_bound', 'unscreened') }}
            and within_bound.segment = unscreened.segment
)

select
    unscreened.source,
    unscreened.indicator_id,
    unscreened.area_code,
    unscreened.segment,
    cast(unscreened.baseline_points as bigint) as baseline_points,
    unscreened.mean,
    screened.mean_moving_range,
    cast(screened.moving_ranges_dropped as bigint) as moving_ranges_dropped,
    unscreened.mean - 2.66 * screened.mean_moving_range as lower_limit,
    unscreened.mean + 2.66 * screened.mean_moving_range as upper_limit,
    unscreened.baseline_points < 13 as is_provisional_limits
from unscreened
inner join screened
    on
        {{ same_series('unscreened', 'screened') }}
        and unscreened.segment = screened.segment
