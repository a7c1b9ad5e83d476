with

source as (
    select * from {{ source('landing', 'police_uk_street') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

-- the load record is the commit mark: rows of a file without one do not exist
committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        source._force_slug as force_slug,
        source.month,
        source.crime_id,
        source.longitude,
        source.latitude,
        source.location,
        source.lsoa_code,
        source.lsoa_name,
        source.crime_type,
        source.last_outcome_category
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
