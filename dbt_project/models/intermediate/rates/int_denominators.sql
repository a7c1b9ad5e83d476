-- The population (or households) that each area and financial year is measured against, under the
-- policy of the settings.
with

policy_denominators as (
    select * from {{ ref('int_policy_denominators') }}
)

select
    area_code,
    population_kind,
    financial_year,
    wanted_year,
    population_year,
    population
from policy_denominators
where denominator_policy = '{{ var("denominator_policy") }}'
