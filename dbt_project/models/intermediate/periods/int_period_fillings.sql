-- What each grain of observation (months, quarters, or the period itself) adds up to in a period.
-- The grains are never mixed: the next model chooses one of them for a period.
with

observations as (
    select * from {{ ref('int_observations') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

tiles as (
    select
        *,
        case
            when months = 1 then 'month'
            when months = 3 and month(period_start) % 3 = 1 then 'quarter'
        end as grain
    from observations
),

period_months as (
    select
        period_type,
        period_start,
        period_end,
        cast(unnest(generate_series(
            cast(period_start as timestamp), cast(period_end as timestamp), interval 1 month
        )) as date) as month_start
    from periods
),

-- months: an equality join on each month of a period (a range join costs far more at national scale)
from_months as (
    select
        tiles.source,
        tiles.indicator_id,
        tiles.area_code,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end,
        'month' as grain,
        tiles.period_start as observation_start,
        tiles.period_end as observation_end,
        tiles.months,
        tiles.numerator,
        tiles.denominator,
        tiles.stated_value,
        tiles.is_supplied,
        tiles.extract_date
    from tiles
    inner join period_months
        on tiles.period_start = period_months.month_start
    where tiles.grain = 'month'
),

from_quarters as (
    select
        tiles.source,
        tiles.indicator_id,
        tiles.area_code,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        'quarter' as grain,
        tiles.period_start as observation_start,
        tiles.period_end as observation_end,
        tiles.months,
        tiles.numerator,
        tiles.denominator,
        tiles.stated_value,
        tiles.is_supplied,
        tiles.extract_date
    from tiles
    inner join periods
        on
            tiles.period_start >= periods.period_start
            and tiles.period_end <= periods.period_end
    where tiles.grain = 'quarter'
),

from_whole_periods as (
    select
        tiles.source,
        tiles.indicator_id,
        tiles.area_code,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        'whole' as grain,
        tiles.period_start as observation_start,
        tiles.period_end as observation_end,
        tiles.months,
        tiles.numerator,
        tiles.denominator,
        tiles.stated_value,
        tiles.is_supplied,
        tiles.extract_date
    from tiles
    inner join periods
        on
            tiles.period_start = periods.period_start
            and tiles.period_end = periods.period_end
    where tiles.grain is null
),

all_grains as (
    select * from from_months
    union all
    select * from from_quarters
    union all
    select * from from_whole_periods
),

filled as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_start,
        period_end,
        grain,
        case grain when 'month' then 1 when 'quarter' then 2 else 3 end as grain_order,
        cast(sum(months) as bigint) as months_seen,
        -- a per cent stated without its counts is the figure of its own period and adds to no other
        cast(coalesce(
            case
                when count(*) = 1
                    then sum(months) filter (where is_supplied)
                when count(denominator) = 0
                    then sum(months) filter (where is_supplied and numerator is not null)
                else sum(months) filter (
                        where is_supplied and numerator is not null and denominator is not null
                    )
            end, 0
        ) as bigint) as months_supplied,
        -- ordered: the sum of doubles depends on the order, and two builds must agree to the bit
        sum(numerator order by observation_start) as numerator,
        sum(denominator order by observation_start) as denominator,
        case when count(*) = 1 then max(stated_value) end as stated_value,
        max(observation_end) as last_observed,
        max(extract_date) as extract_date
    from all_grains
    group by
        source,
        indicator_id,
        area_code,
        period_type,
        period_start,
        period_end,
        grain
)

select * from filled
-- a year to date or a rolling year is a row only where its last month was observed
where
    period_type not in ('ytd', 'rolling_12')
    or last_observed = period_end
