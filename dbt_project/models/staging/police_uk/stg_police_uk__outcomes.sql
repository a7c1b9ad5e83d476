with

source as (
    select * from {{ source('landing', 'police_uk_outcomes') }}
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
        loads.extract_date,
        source.month,
        source.crime_id,
        source.lsoa_code,
        source.lsoa_name,
        source.outcome_type
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
