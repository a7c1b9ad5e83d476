-- The population of each area, year and kind: what has landed, and the seed where nothing has. A partnership
-- is the sum of its authorities, a force that of its partnerships, each only where all of them are there.
with

estimates as (
    select * from {{ ref('int_population_estimates') }}
),

authority_partnerships as (
    select * from {{ ref('int_authority_partnerships') }}
),

areas as (
    select * from {{ ref('areas') }}
),

population as (
    select * from {{ ref('population') }}
),

of_areas as (
    select
        areas.area_code,
        estimates.year,
        estimates.population_kind,
        estimates.population
    from estimates
    inner join areas
        on estimates.place_code = areas.area_code
),

-- a partnership that holds part of a split authority is not the sum of whole ones
whole_partnerships as (
    select
        csp_code,
        count(*) as authorities
    from authority_partnerships
    where is_current
    group by csp_code
    having not bool_or(is_split)
),

of_partnerships as (
    select
        authority_partnerships.csp_code as area_code,
        estimates.year,
        estimates.population_kind,
        sum(estimates.population order by estimates.place_code) as population
    from authority_partnerships
    inner join whole_partnerships
        on authority_partnerships.csp_code = whole_partnerships.csp_code
    inner join estimates
        on authority_partnerships.lad_code = estimates.place_code
    where authority_partnerships.is_current
    group by
        authority_partnerships.csp_code,
        estimates.year,
        estimates.population_kind
    having count(*) = min(whole_partnerships.authorities)
),

csp_level as (
    select * from of_areas
    union all
    select of_partnerships.* from of_partnerships
    left join of_areas as given
        on
            of_partnerships.area_code = given.area_code
            and of_partnerships.year = given.year
            and of_partnerships.population_kind = given.population_kind
    where given.area_code is null
),

forces as (
    select
        force_code,
        count(*) as partnerships
    from areas
    where area_type = 'csp'
    group by force_code
),

of_forces as (
    select
        areas.force_code as area_code,
        csp_level.year,
        csp_level.population_kind,
        sum(csp_level.population order by csp_level.area_code) as population
    from csp_level
    inner join areas
        on csp_level.area_code = areas.area_code
    inner join forces
        on areas.force_code = forces.force_code
    where areas.area_type = 'csp'
    group by
        areas.force_code,
        csp_level.year,
        csp_level.population_kind
    having count(*) = min(forces.partnerships)
),

landed as (
    select * from csp_level
    union all
    select of_forces.* from of_forces
    left join csp_level as given
        on
            of_forces.area_code = given.area_code
            and of_forces.year = given.year
            and of_forces.population_kind = given.population_kind
    where given.area_code is null
),

seeded as (
    select
        population.area_code,
        cast(population.year as bigint) as year,
        population.population_kind,
        cast(population.population as double) as population
    from population
    left join landed
        on
            population.area_code = landed.area_code
            and population.year = landed.year
            and population.population_kind = landed.population_kind
    where landed.area_code is null
)

select
    area_code,
    year,
    population_kind,
    population,
    true as is_landed
from landed
union all
select
    area_code,
    year,
    population_kind,
    population,
    false as is_landed
from seeded
