-- Which neighbourhood an LSOA code counts in, one row per level and code as supplied. A code of 2011 that
-- went whole into one LSOA of 2021 counts there; one that was split stays by itself, for nobody can say
-- which part a crime lay in. The list holds every LSOA of a home area of which anything was supplied,
-- so that one without a crime counts as such.
with

seen as (
    select
        csp_code,
        lsoa_code,
        max(lsoa_name) as lsoa_name
    from {{ ref('int_police_uk__lsoa_counts') }}
    group by all
),

lsoa_areas as (
    select * from {{ ref('int_lsoa_areas') }}
),

lookups as (
    select * from {{ ref('int_area_lookups') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

listed as (
    select
        lsoa_areas.csp_code,
        lsoa_areas.lsoa_code,
        lsoa_areas.lsoa_name
    from lsoa_areas
    inner join home_areas
        on lsoa_areas.csp_code = home_areas.area_code
    where
        lsoa_areas.lsoa_vintage = 2021
        -- without home areas every partnership is one: none is listed that nobody supplied
        and lsoa_areas.csp_code in (select seen.csp_code from seen)
),

codes as (
    select
        csp_code,
        lsoa_code,
        min(lsoa_name) as lsoa_name
    from (
        select * from seen
        union all
        select * from listed
    ) as both_lists
    group by all
),

successors as (
    select
        lsoa11_code,
        min(lsoa21_code) as lsoa21_code
    from lookups
    where
        lsoa11_code is not null
        and lsoa21_code is not null
        -- a code that both lists know is the newer one
        and lsoa11_code not in (select listed.lsoa_code from listed)
    group by lsoa11_code
    having count(distinct lsoa21_code) = 1
),

carried as (
    select
        codes.csp_code,
        codes.lsoa_code as supplied_code,
        coalesce(successors.lsoa21_code, codes.lsoa_code) as lsoa_code,
        codes.lsoa_name as supplied_name
    from codes
    left join successors
        on codes.lsoa_code = successors.lsoa11_code
),

placed as (
    select
        carried.csp_code,
        carried.supplied_code,
        carried.lsoa_code,
        coalesce(lsoa_areas.lsoa_name, carried.supplied_name) as lsoa_name,
        lsoa_areas.ward_code,
        lsoa_areas.ward_name
    from carried
    left join lsoa_areas
        on carried.lsoa_code = lsoa_areas.lsoa_code
)

select
    'lsoa' as area_type,
    csp_code,
    supplied_code,
    lsoa_code,
    lsoa_code as area_code,
    lsoa_name as area_name
from placed
union all
select
    'ward' as area_type,
    csp_code,
    supplied_code,
    lsoa_code,
    ward_code as area_code,
    ward_name as area_name
from placed
where ward_code is not null
