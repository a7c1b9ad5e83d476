-- The population of each area, year and kind: what has landed, and the project's reference table where
-- nothing has. A partnership is the sum of its authorities, a force that of its partnerships, each only
-- where all of them are there; of several ways to a number, all landed before any reference, and a number
-- given of the area itself before a sum.
with

landed as (
    select * from {{ ref('int_population_estimates') }}
),

reference_population as (
    select * from {{ ref('stg_reference__population') }}
),

authority_partnerships as (
    select * from {{ ref('int_authority_partnerships') }}
),

areas as (
    select * from {{ ref('areas') }}
),

estimates as (
    select
        place_code,
        year,
        population_kind,
        population,
        true as is_landed
    from landed
    union all
    select
        reference_population.place_code,
        reference_population.year,
        reference_population.population_kind,
        reference_population.population,
        false as is_landed
    from reference_population
    left join landed
        on
            reference_population.place_code = landed.place_code
            and reference_population.year = landed.year
            and reference_population.population_kind = landed.population_kind
    where landed.place_code is null
),

of_areas as (
    select
        areas.area_code,
        estimates.year,
        estimates.population_kind,
        estimates.population,
        estimates.is_landed
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
        sum(estimates.population order by estimates.place_code) as population,
        bool_and(estimates.is_landed) as is_landed
    from authority_partnerships
    inner join whole_partnerships
        on authority_partnerships.csp_code = whole_partnerships.csp_code
    inner join estimates
        on authority_partnerships.lad_code = estimates.place_code
    where authority_partnerships.is_current
    group by all
    having count(*) = min(whole_partnerships.authorities)
),

given_or_summed as (
    select
        *,
        1 as way
    from of_areas
    union all
    select
        *,
        2 as way
    from of_partnerships
),

chosen as (
    select
        *,
        row_number() over (
            partition by area_code, year, population_kind
            order by is_landed desc, way
        ) as place
    from given_or_summed
),

csp_level as (
    select
        area_code,
        year,
        population_kind,
        population,
        is_landed
    from chosen
    where place = 1
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
        sum(csp_level.population order by csp_level.area_code) as population,
        bool_and(csp_level.is_landed) as is_landed
    from csp_level
    inner join areas
        on csp_level.area_code = areas.area_code
    inner join forces
        on areas.force_code = forces.force_code
    where areas.area_type = 'csp'
    group by all
    having count(*) = min(forces.partnerships)
),

every_level as (
    select
        *,
        1 as way
    from csp_level
    union all
    select
        *,
        2 as way
    from of_forces
),

placed as (
    select
        *,
        row_number() over (
            partition by area_code, year, population_kind
            order by is_landed desc, way
        ) as place
    from every_level
)

select
    area_code,
    year,
    population_kind,
    population,
    is_landed
from placed
where place = 1
