-- The population (or households) that each area and financial year is measured against, by policy.
with

population as (
    select * from {{ ref('population') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

-- own_year: year Y/Y+1 uses the mid-year estimate of Y, else the newest earlier one;
-- frozen: every year uses the named year's estimate
wanted as (
    select distinct
        financial_year,
        {% if var('denominator_policy') == 'frozen' -%}
        cast({{ var('frozen_year') }} as bigint) as wanted_year
        {%- else -%}
        financial_year as wanted_year
        {%- endif %}
    from periods
),

matched as (
    select
        population.area_code,
        population.population_kind,
        wanted.financial_year,
        population.year,
        population.population,
        row_number() over (
            partition by population.area_code, population.population_kind, wanted.financial_year
            order by population.year desc
        ) as newness
    from wanted
    inner join population
        on population.year <= wanted.wanted_year
)

select
    area_code,
    population_kind,
    financial_year,
    cast(year as bigint) as population_year,
    cast(population as double) as population
from matched
where newness = 1
