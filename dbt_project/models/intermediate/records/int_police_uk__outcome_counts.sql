-- Portable SQL (tag: records). What has become of the crimes of each month, by the street files' last
-- outcome: crimes by load, month, area, category and outcome. No outcome stands in rows of anti-social
-- behaviour, nor in those of British Transport Police.
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

forces as (
    select * from {{ ref('police_forces') }}
),

counted as (
    select
        street.load_id,
        street.force_slug,
        street.month,
        lsoa_areas.csp_code as looked_up_csp_code,
        substring(street.lsoa_name, 1, {{ dbt.length('street.lsoa_name') }} - 5) as local_authority_name,
        street.crime_type,
        street.last_outcome_category as outcome_type,
        count(*) as records
    from street
    left join lsoa_areas
        on street.lsoa_code = lsoa_areas.lsoa_code
    group by
        street.load_id,
        street.force_slug,
        street.month,
        lsoa_areas.csp_code,
        substring(street.lsoa_name, 1, {{ dbt.length('street.lsoa_name') }} - 5),
        street.crime_type,
        street.last_outcome_category
),

located as (
    select
        counted.load_id,
        counted.force_slug,
        counted.month,
        counted.crime_type,
        counted.outcome_type,
        counted.records,
        forces.force_code,
        coalesce(counted.looked_up_csp_code, local_authorities.csp_code) as csp_code
    from counted
    inner join forces
        on counted.force_slug = forces.force_slug
    left join local_authorities
        on counted.local_authority_name = local_authorities.lad_name
),

-- an area's figure counts by where the crime happened, a force's by who recorded it
both_ways as (
    select
        load_id,
        force_slug,
        month,
        crime_type,
        outcome_type,
        records,
        csp_code as area_code
    from located
    where csp_code is not null
    union all
    select
        load_id,
        force_slug,
        month,
        crime_type,
        outcome_type,
        records,
        force_code as area_code
    from located
)

select
    load_id,
    force_slug,
    month,
    area_code,
    crime_type,
    outcome_type,
    sum(records) as records
from both_ways
group by
    load_id,
    force_slug,
    month,
    area_code,
    crime_type,
    outcome_type
