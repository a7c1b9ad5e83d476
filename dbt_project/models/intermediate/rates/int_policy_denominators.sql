-- The population (or households) that each area and financial year is measured against, under either
-- policy, so that a figure can be put beside what the other policy would have made of it.
with

population as (
    select * from {{ ref('int_population') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

financial_years as (
    select distinct financial_year from periods
),

estimates as (
    select
        population_kind,
        year,
        count(distinct area_code) as areas
    from population
    group by all
),

kinds as (
    select
        population_kind,
        count(distinct area_code) as areas,
        max(year) as newest_year
    from population
    group by population_kind
),

-- the year that the settings freeze at; where they name none, the newest that every area has
frozen_years as (
    select
        kinds.population_kind,
        {% if var('frozen_year') -%}
        {{ var('frozen_year') }} as wanted_year
        {%- else -%}
        coalesce(max(estimates.year), min(kinds.newest_year)) as wanted_year
        {%- endif %}
    from kinds
    left join estimates
        on
            kinds.population_kind = estimates.population_kind
            and kinds.areas = estimates.areas
    group by kinds.population_kind
),

-- own_year: year Y/Y+1 uses the mid-year estimate of Y, else the newest earlier one;
-- frozen: every year uses the estimate of one and the same year
wanted as (
    select
        'own_year' as denominator_policy,
        kinds.population_kind,
        financial_years.financial_year,
        financial_years.financial_year as wanted_year
    from financial_years
    cross join kinds
    union all
    select
        'frozen' as denominator_policy,
        frozen_years.population_kind,
        financial_years.financial_year,
        cast(frozen_years.wanted_year as bigint) as wanted_year
    from financial_years
    cross join frozen_years
),

matched as (
    select
        wanted.denominator_policy,
        population.area_code,
        population.population_kind,
        wanted.financial_year,
        wanted.wanted_year,
        population.year,
        population.population,
        row_number() over (
            partition by
                wanted.denominator_policy,
                population.area_code,
                population.population_kind,
                wanted.financial_year
            order by population.year desc
        ) as newness
    from wanted
    inner join population
        on
            wanted.population_kind = population.population_kind
            and population.year <= wanted.wanted_year
)

select
    denominator_policy,
    area_code,
    population_kind,
    financial_year,
    wanted_year,
    cast(year as bigint) as population_year,
    cast(population as double) as population
from matched
where newness = 1
