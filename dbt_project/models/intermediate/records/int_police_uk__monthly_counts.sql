-- Portable SQL (tag: records): explicit group by, no engine's own functions.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

lsoa_areas as (
    select * from {{ ref('int_lsoa_areas') }}
),

-- A landed lookup knows the LSOA's partnership by its code, of either vintage. Where none has landed, the
-- name says it: its local authority's name and five more characters ("Dudley 012A").
located as (
    select
        street.load_id,
        street.force_slug,
        street.month,
        street.crime_type,
        lsoa_areas.csp_code as looked_up_csp_code,
        substring(street.lsoa_name, 1, length(street.lsoa_name) - 5) as local_authority_name
    from street
    left join lsoa_areas
        on street.lsoa_code = lsoa_areas.lsoa_code
),

counted as (
    select
        load_id,
        force_slug,
        month,
        looked_up_csp_code,
        local_authority_name,
        crime_type,
        count(*) as records
    from located
    group by
        load_id,
        force_slug,
        month,
        looked_up_csp_code,
        local_authority_name,
        crime_type
)

select * from counted
