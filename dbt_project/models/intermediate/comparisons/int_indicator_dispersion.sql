-- What the series of an indicator have in common: dispersion = 1 + slope x (mean month) to the power of
-- an exponent, and how far single series lie from that (prior_degrees: few where they lie far apart).
-- Exponent 0 is quasi-Poisson, 1 negative binomial. Exponent and prior_degrees are of all indicators
-- together, the likeliest of a grid: the ratio of a series' dispersion to what is expected of it is
-- F-distributed (Smyth 2004, limma).
with

series as (
    select * from {{ ref('int_series_dispersion') }}
),

exponents as (
    select unnest([0.0, 0.25, 0.5, 0.75, 1.0]) as exponent
),

priors as (
    select unnest([4.0, 8.0, 16.0, 32.0, 64.0]) as prior_degrees
),

sized as (
    select
        series.source,
        series.indicator_id,
        series.area_code,
        series.own_dispersion,
        series.degrees_of_freedom,
        exponents.exponent,
        pow(series.mean_month, exponents.exponent) as size
    from series
    cross join exponents
),

-- sums in a fixed order, so that the same history gives the same bits
indicator_sums as (
    select
        indicator_id,
        exponent,
        sum(degrees_of_freedom * (own_dispersion - 1) order by source, area_code) as excess,
        sum(degrees_of_freedom * size order by source, area_code) as weighed_size,
        avg(size order by source, area_code) as mean_size,
        sum(degrees_of_freedom order by source, area_code) as degrees_of_freedom
    from sized
    group by all
),

common as (
    select
        exponent,
        greatest(
            0,
            sum(excess order by indicator_id) / sum(weighed_size order by indicator_id)
        ) as slope,
        -- what all indicators say of one counts as 8 degrees of freedom: they differ
        least(8, sum(degrees_of_freedom order by indicator_id)) as degrees_of_freedom
    from indicator_sums
    group by exponent
),

-- an indicator of few series leans on all indicators
of_indicators as (
    select
        indicator_sums.indicator_id,
        indicator_sums.exponent,
        greatest(
            0,
            (
                indicator_sums.excess
                + common.degrees_of_freedom * common.slope * indicator_sums.mean_size
            )
            / (
                indicator_sums.weighed_size
                + common.degrees_of_freedom * indicator_sums.mean_size
            )
        ) as slope,
        indicator_sums.degrees_of_freedom + common.degrees_of_freedom as degrees_of_freedom
    from indicator_sums
    inner join common
        on indicator_sums.exponent = common.exponent
),

ratios as (
    select
        sized.source,
        sized.indicator_id,
        sized.area_code,
        sized.exponent,
        priors.prior_degrees,
        sized.degrees_of_freedom as df,
        1 + of_indicators.slope * sized.size as expected,
        -- a series that happens to lie on its neighbours is not infinitely unlikely
        greatest(sized.own_dispersion, 0.05) / expected as ratio
    from sized
    inner join of_indicators
        on
            sized.indicator_id = of_indicators.indicator_id
            and sized.exponent = of_indicators.exponent
    cross join priors
),

log_densities as (
    select
        source,
        indicator_id,
        area_code,
        exponent,
        prior_degrees,
        lgamma((df + prior_degrees) / 2) - lgamma(df / 2) - lgamma(prior_degrees / 2)
        + df / 2 * ln(df / prior_degrees) + (df / 2 - 1) * ln(ratio)
        - (df + prior_degrees) / 2 * ln(1 + df / prior_degrees * ratio)
        - ln(expected) as log_density
    from ratios
),

chosen as (
    select
        exponent,
        prior_degrees
    from log_densities
    group by all
    order by
        sum(log_density order by indicator_id, source, area_code) desc,
        exponent,
        prior_degrees
    limit 1
)

select
    of_indicators.indicator_id,
    of_indicators.slope,
    cast(chosen.exponent as double) as exponent,
    cast(chosen.prior_degrees as double) as prior_degrees,
    -- what is expected of a series is itself an estimate
    1 / (1 / chosen.prior_degrees + 1 / of_indicators.degrees_of_freedom) as degrees_of_freedom
from of_indicators
inner join chosen
    on of_indicators.exponent = chosen.exponent
