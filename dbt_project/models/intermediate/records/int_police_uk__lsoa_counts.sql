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

-- a country has nearly as many groups as rows: those of other areas go before they are counted
located as (
    select
        street.load_id,
        street.force_slug,
        street.month,
        street.lsoa_code,
        street.lsoa_name,
        street.crime_type,
        {{ csp_of_lsoa() }} as csp_code
    from street
    {{ join_lsoa_places('street') | indent(4) }}
    where street.lsoa_code is not null
)

select
    located.load_id,
    located.force_slug,
    located.month,
    located.csp_code,
    located.lsoa_code,
    located.crime_type,
    min(located.lsoa_name) as lsoa_name,
    count(*) as records
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
