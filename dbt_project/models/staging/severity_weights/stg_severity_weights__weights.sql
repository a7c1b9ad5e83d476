with

source as (
    select * from {{ source('landing', 'severity_weights') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

-- the load record is the commit mark: rows of a file without one do not exist
committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        source.scheme,
        source.offence_code,
        source.indicator_id,
        source.weight,
        source.valid_from,
        source.valid_to
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
