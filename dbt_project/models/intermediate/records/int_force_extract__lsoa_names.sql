-- Portable SQL (tag: records). One row per LSOA code that stands in an extract, with its local authority's
-- name: as the area lookups in the inbox give it, or as public street files do.
with

wanted as (
    select distinct lsoa_code
    from {{ ref('stg_force_extract__records') }}
    where lsoa_code is not null
),

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

lookups as (
    select * from {{ ref('stg_lookups__areas') }}
),

given as (
    select
        street.lsoa_code,
        substring(street.lsoa_name, 1, {{ dbt.length('street.lsoa_name') }} - 5)
            as local_authority_name
    from street
    inner join wanted
        on street.lsoa_code = wanted.lsoa_code
    union all
    select
        lookups.lsoa21_code as lsoa_code,
        lookups.lad_name as local_authority_name
    from lookups
    inner join wanted
        on lookups.lsoa21_code = wanted.lsoa_code
    union all
    select
        lookups.lsoa11_code as lsoa_code,
        lookups.lad_name as local_authority_name
    from lookups
    inner join wanted
        on lookups.lsoa11_code = wanted.lsoa_code
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
)

select
    given.lsoa_code,
    min(given.local_authority_name) as local_authority_name
from given
inner join local_authorities
    on given.local_authority_name = local_authorities.lad_name
group by given.lsoa_code
-- a code that is said to lie in two partnerships says nothing
having count(distinct local_authorities.csp_code) = 1
