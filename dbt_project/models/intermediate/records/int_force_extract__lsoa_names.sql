-- Portable SQL (tag: records). One row per LSOA code that stands in an extract, with its local authority's
-- name as public street files give it.
with

wanted as (
    select distinct lsoa_code
    from {{ ref('stg_force_extract__records') }}
    where lsoa_code is not null
),

street as (
    select * from {{ ref('stg_police_uk__street') }}
)

select
    wanted.lsoa_code,
    min(
        substring(street.lsoa_name, 1, {{ dbt.length('street.lsoa_name') }} - 5)
    ) as local_authority_name
from wanted
inner join street
    on wanted.lsoa_code = street.lsoa_code
where street.lsoa_name is not null
group by wanted.lsoa_code
