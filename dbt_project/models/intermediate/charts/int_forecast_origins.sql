-- What a forecast made after each month would have said of the months that are now missing to the end
-- of the financial year: as many months ahead, from every earlier month (origin) of the same series.
-- Two forecasts of them: naive, the same months a year before; and combined, the mean of naive and of
-- the smoothed level going on. Only the last unbroken stretch of a series is used.
with

months as (
    select * from {{ ref('int_chart_months') }}
),

last_stretches as (
    {{ last_stretches('months') }}
),

series as (
    select
        months.source,
        months.indicator_id,
        months.area_code,
        last_stretches.last_month,
        last_stretches.months_ahead,
        list(months.value order by months.month) as month_values
    from months
    inner join last_stretches
        on {{ is_in_last_stretch('months', 'last_stretches') }}
    group by all
),

smoothed as (
    select
        *,
        smoothed_levels(month_values) as levels
    from series
    where months_ahead > 0
),

-- the first twelve months make the first level, so the first origin is the 13th month
origins as (
    select
        source,
        indicator_id,
        area_code,
        last_month,
        months_ahead,
        month_values,
        levels,
        unnest(range(13, len(month_values) + 1)) as origin
    from smoothed
)

select
    source,
    indicator_id,
    area_code,
    last_month,
    cast(months_ahead as bigint) as months_ahead,
    origin,
    origin = len(month_values) as is_latest,
    list_sum(month_values[origin - 11:origin - 12 + months_ahead]) as naive,
    (
        list_sum(month_values[origin - 11:origin - 12 + months_ahead])
        + months_ahead * levels[origin]
    ) / 2 as combined,
    case
        when origin + months_ahead <= len(month_values)
            then list_sum(month_values[origin + 1:origin + months_ahead])
    end as outcome
from origins
