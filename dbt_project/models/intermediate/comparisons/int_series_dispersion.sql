-- How much each monthly series scatters around its own neighbouring months, in multiples of Poisson's
-- variance. A month against the mean of its two neighbours: a trend drops out, a season nearly, and a
-- step touches two months only. Rates are per day where that fits the indicator better, or every February
-- would count as scatter.
with

months as (
    select
        source,
        indicator_id,
        area_code,
        segment,
        stretch,
        month_number,
        value,
        date_diff('day', month, period_end) + 1 as days
    from {{ ref('int_chart_months') }}
),

-- neighbours are of the same segment (no break between them) and stretch (no month missing)
beside_neighbours as (
    select
        source,
        indicator_id,
        area_code,
        month_number,
        value,
        days,
        lag(value) over run + lead(value) over run as neighbours_value,
        lag(days) over run + lead(days) over run as neighbours_days
    from months
    window run as (
        partition by source, indicator_id, area_code, segment, stretch
        order by month_number
    )
),

exposed as (
    select
        source,
        indicator_id,
        area_code,
        month_number,
        value,
        neighbours_value,
        'day' as counted_per,
        days as exposure,
        neighbours_days as neighbours_exposure
    from beside_neighbours
    where value + neighbours_value > 0
    union all
    select
        source,
        indicator_id,
        area_code,
        month_number,
        value,
        neighbours_value,
        'month' as counted_per,
        1 as exposure,
        2 as neighbours_exposure
    from beside_neighbours
    where value + neighbours_value > 0
),

-- the square of the difference over what it would be for Poisson counts of one rate, given their
-- sum: its mean is then 1 however small the counts
squared_differences as (
    select
        source,
        indicator_id,
        area_code,
        counted_per,
        month_number,
        value + neighbours_value as count_of_three,
        pow(value / exposure - neighbours_value / neighbours_exposure, 2)
        / (
            (value + neighbours_value) / (exposure + neighbours_exposure)
            * (1.0 / exposure + 1.0 / neighbours_exposure)
        ) as squared_difference
    from exposed
),

-- by the median, which a step or a single month of backlog does not move; 0.4549 is the median of
-- chi-square with 1 degree of freedom
typical as (
    select
        source,
        indicator_id,
        area_code,
        counted_per,
        count(*) as differences,
        median(squared_difference) / 0.4549 as typical_dispersion
    from squared_differences
    group by all
),

typical_of_indicator as (
    select
        indicator_id,
        counted_per,
        median(squared_difference) / 0.4549 as typical_dispersion
    from squared_differences
    group by all
),

-- what is 15 times as far out as is typical (1 in 10,000 of a normal distribution) is an event, a
-- step or an error, and no measure of the months in which nothing happened
bounds as (
    select
        typical.source,
        typical.indicator_id,
        typical.area_code,
        typical.counted_per,
        15 * greatest(
            1,
            (
                typical.differences * typical.typical_dispersion
                + 16 * typical_of_indicator.typical_dispersion
            ) / (typical.differences + 16)
        ) as largest_difference
    from typical
    inner join typical_of_indicator
        on
            typical.indicator_id = typical_of_indicator.indicator_id
            and typical.counted_per = typical_of_indicator.counted_per
),

estimates as (
    select
        squared_differences.source,
        squared_differences.indicator_id,
        squared_differences.area_code,
        squared_differences.counted_per,
        count(*) as differences,
        {{ exact_mean('squared_differences.squared_difference') }} as own_dispersion,
        {{ exact_mean('squared_differences.count_of_three') }} / 3 as mean_month
    from squared_differences
    inner join bounds
        on
            {{ same_series('squared_differences', 'bounds') }}
            and squared_differences.counted_per = bounds.counted_per
    where squared_differences.squared_difference <= bounds.largest_difference
    group by all
),

-- the way of counting by which the series of an indicator scatter less; by day where they scatter alike,
-- so that every build chooses the same
fitting as (
    select
        indicator_id,
        arg_min(counted_per, (total_scatter, counted_per)) as counted_per
    from (
        select
            indicator_id,
            counted_per,
            sum(
                differences * ln(greatest(own_dispersion, 0.05))
                order by source, area_code
            ) as total_scatter
        from estimates
        group by all
    ) as scatters
    group by indicator_id
)

select
    estimates.source,
    estimates.indicator_id,
    estimates.area_code,
    estimates.counted_per,
    estimates.differences,
    estimates.mean_month,
    estimates.own_dispersion,
    -- Neighbouring differences share months: correlations of -2/3 and 1/6 leave 1 in 1.944 of them.
    -- Small counts have longer tails than normal ones: kurtosis takes 1 / (1 + 1 / (4 x mean)).
    estimates.differences / 1.944 / (1 + 0.25 / estimates.mean_month) as degrees_of_freedom
from estimates
inner join fitting
    on
        estimates.indicator_id = fitting.indicator_id
        and estimates.counted_per = fitting.counted_per
