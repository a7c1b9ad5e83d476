-- Portable SQL (tag: records). Street rows of the home areas by load, month, LSOA code as supplied and
-- category. Only home areas: 36 months of seven authorities (1,719 LSOAs) are 337,000 rows, so all of England
-- and Wales would be seven million, and as many in the mart.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

lsoa_areas as (
    select * from {{ ref('int_lsoa_areas') }}
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

counted as (
    select
        load_id,
        force_slug,
        month,
        lsoa_code,
        lsoa_name,
        crime_type,
        count(*) as records
    from street
    where lsoa_code is not null
    group by
        load_id,
        force_slug,
        month,
        lsoa_code,
        lsoa_name,
        crime_type
),

located as (
    select
        counted.load_id,
        counted.force_slug,
        counted.month,
        counted.lsoa_code,
        counted.lsoa_name,
        counted.crime_type,
        counted.records,
        coalesce(lsoa_areas.csp_code, local_authorities.csp_code) as csp_code
    from counted
    left join lsoa_areas
        on counted.lsoa_code = lsoa_areas.lsoa_code
    left join local_authorities
        on
            substring(counted.lsoa_name, 1, {{ dbt.length('counted.lsoa_name') }} - 5)
            = local_authorities.lad_name
)

select
    located.load_id,
    located.force_slug,
    located.month,
    located.csp_code,
    located.lsoa_code,
    located.crime_type,
    min(located.lsoa_name) as lsoa_name,
    sum(located.records) as records
from located
inner join home_areas
    on located.csp_code = home_areas.area_code
group by
    located.load_id,
    located.force_slug,
    located.month,
    located.csp_code,
    located.lsoa_code,
    located.crime_type
