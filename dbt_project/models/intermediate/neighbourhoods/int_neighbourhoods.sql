-- One row per partnership and neighbourhood. A code of 2011 that was split is one only as long as its
-- months are counted: it is no neighbourhood of today, and is left out of how many there are.
with

members as (
    select * from {{ ref('int_neighbourhood_members') }}
),

lsoa_areas as (
    select * from {{ ref('int_lsoa_areas') }}
),

populations as (
    select
        place_code as lsoa_code,
        year,
        population
    from {{ ref('int_population_estimates') }}
    where population_kind = 'residents'
),

lsoas as (
    select distinct
        members.area_type,
        members.csp_code,
        members.area_code,
        members.lsoa_code
    from members
    left join lsoa_areas
        on members.lsoa_code = lsoa_areas.lsoa_code
    where coalesce(lsoa_areas.lsoa_vintage, 2021) = 2021
),

population_years as (
    select distinct year
    from populations
),

-- a ward's residents are known where those of all its LSOAs are
residents as (
    select
        lsoas.area_type,
        lsoas.csp_code,
        lsoas.area_code,
        population_years.year,
        case
            when count(populations.population) = count(*)
                then sum(populations.population order by lsoas.lsoa_code)
        end as population
    from lsoas
    cross join population_years
    left join populations
        on
            lsoas.lsoa_code = populations.lsoa_code
            and population_years.year = populations.year
    group by all
),

names as (
    select
        area_type,
        csp_code,
        area_code,
        min(area_name) as area_name
    from members
    group by all
)

select
    names.area_type,
    names.csp_code,
    names.area_code,
    names.area_name,
    names.area_code in (select lsoas.area_code from lsoas) as is_current,
    coalesce(
        list(
            { 'year': residents.year, 'population': residents.population }
            order by residents.year
        ) filter (where residents.population is not null),
        []
    ) as populations
from names
left join residents
    on
        names.area_type = residents.area_type
        and names.csp_code = residents.csp_code
        and names.area_code = residents.area_code
group by
    names.area_type,
    names.csp_code,
    names.area_code,
    names.area_name
