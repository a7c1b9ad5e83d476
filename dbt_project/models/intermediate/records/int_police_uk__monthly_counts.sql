-- Portable SQL (tag: records): explicit group by, no engine's own functions.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

-- An LSOA's name is its local authority's name and five more characters ("Dudley 012A").
located as (
    select
        load_id,
        force_slug,
        month,
        crime_type,
        substring(lsoa_name, 1, length(lsoa_name) - 5) as local_authority_name
    from street
),

counted as (
    select
        load_id,
        force_slug,
        month,
        local_authority_name,
        crime_type,
        count(*) as records
    from located
    group by
        load_id,
        force_slug,
        month,
        local_authority_name,
        crime_type
)

select * from counted
