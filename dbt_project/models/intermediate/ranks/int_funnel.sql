-- Rates of partnerships around two benchmarks, the pooled rate of the force and of the home area's
-- family, with the limits that chance alone would keep them in. Counts only (a proportion is no
-- Poisson rate), and only the forces and families of home areas: four limits a row, at some three
-- microseconds each, and fifteen rows a family.
with

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

areas as (
    select * from {{ ref('areas') }}
),

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

comparisons as (
    select * from {{ ref('int_family_comparisons') }}
),

rates as (
    select
        source,
        indicator_id,
        area_code,
        area_name,
        force_code,
        polarity,
        period_type,
        period_label,
        period_end,
        value,
        denominator,
        rate_per,
        rate
    from indicator_values
    where
        area_type = 'csp'
        and value_kind = 'count'
        and is_complete
        and rate is not null
),

force_sizes as (
    select
        force_code,
        count(*) as areas_in_benchmark
    from areas
    where
        area_type = 'csp'
        and force_code in (select home_areas.force_code from home_areas)
    group by force_code
),

force_points as (
    select
        'force' as benchmark,
        force_sizes.force_code as benchmark_code,
        force_sizes.areas_in_benchmark,
        false as is_illustrative,
        rates.*
    from rates
    inner join force_sizes
        on rates.force_code = force_sizes.force_code
),

family_points as (
    select
        comparisons.scheme as benchmark,
        comparisons.area_code as benchmark_code,
        comparisons.family_size as areas_in_benchmark,
        comparisons.is_illustrative,
        rates.*
    from comparisons
    inner join home_areas
        on comparisons.area_code = home_areas.area_code
    inner join rates
        on
            comparisons.neighbour_code = rates.area_code
            and {{ same_indicator_and_period('comparisons', 'rates') }}
    where comparisons.scheme = '{{ var("family_scheme") }}'
),

points as (
    select * from force_points
    union all
    select * from family_points
),

-- whole numbers: their sums are exact in any order
pooled as (
    select
        benchmark,
        benchmark_code,
        source,
        indicator_id,
        period_type,
        period_end,
        count(*) as areas_pooled,
        sum(value) * max(rate_per) / sum(denominator) as benchmark_rate
    from points
    group by all
),

placed as (
    select
        points.*,
        pooled.areas_pooled,
        pooled.benchmark_rate,
        pooled.benchmark_rate * points.denominator / points.rate_per as expected_value
    from points
    inner join pooled
        on
            points.benchmark = pooled.benchmark
            and points.benchmark_code = pooled.benchmark_code
            and {{ same_indicator_and_period('points', 'pooled') }}
),

-- how far the areas lie apart, 1 being what chance alone would make of equal true rates
scattered as (
    select
        benchmark,
        benchmark_code,
        source,
        indicator_id,
        period_type,
        period_end,
        sum((value - expected_value) ** 2 / nullif(expected_value, 0) order by area_code)
        / nullif(count(*) - 1, 0) as dispersion
    from placed
    group by all
),

limited as (
    select
        placed.*,
        scattered.dispersion,
        funnel_lower(placed.benchmark_rate, placed.denominator / placed.rate_per, 2.0)
            as lower_2_sigma,
        funnel_upper(placed.benchmark_rate, placed.denominator / placed.rate_per, 2.0)
            as upper_2_sigma,
        funnel_lower(placed.benchmark_rate, placed.denominator / placed.rate_per, 3.0)
            as lower_3_sigma,
        funnel_upper(placed.benchmark_rate, placed.denominator / placed.rate_per, 3.0)
            as upper_3_sigma
    from placed
    inner join scattered
        on
            placed.benchmark = scattered.benchmark
            and placed.benchmark_code = scattered.benchmark_code
            and {{ same_indicator_and_period('placed', 'scattered') }}
)

select
    benchmark,
    benchmark_code,
    source,
    indicator_id,
    area_code,
    area_name,
    period_type,
    period_label,
    period_end,
    value,
    denominator,
    rate_per,
    rate,
    benchmark_rate,
    areas_pooled,
    areas_in_benchmark,
    lower_2_sigma,
    upper_2_sigma,
    lower_3_sigma,
    upper_3_sigma,
    case
        when lower_2_sigma is null then null
        when rate > upper_3_sigma then 'above 3 sigma'
        when rate > upper_2_sigma then 'above 2 sigma'
        when rate < lower_3_sigma then 'below 3 sigma'
        when rate < lower_2_sigma then 'below 2 sigma'
        else 'within limits'
    end as funnel_position,
    rate > upper_2_sigma or rate < lower_2_sigma as is_beyond_2_sigma,
    rate > upper_3_sigma or rate < lower_3_sigma as is_beyond_3_sigma,
    dispersion,
    is_illustrative
from limited
