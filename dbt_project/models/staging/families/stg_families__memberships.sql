with

source as (
    select * from {{ source('landing', 'families') }}
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
        source.area as area_as_written,
        source.neighbour as neighbour_as_written,
        source.valid_from,
        source.valid_to,
        source.source
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
