-- Portable SQL (tag: records). Street rows of the home areas by load, month, LSOA code as supplied and
-- category. Only home areas: 36 months of seven authorities (1,719 LSOAs) are 337,000 rows, so all of England
-- and Wales would be seven million, and as many in the mart.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
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
        {{ csp_of_lsoa() }} as csp_code
    from counted
    {{ join_lsoa_places('counted') | indent(4) }}
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
