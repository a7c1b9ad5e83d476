with

source as (
    select * from {{ source('landing', 'offence_reference') }}
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
        source.offence_code,
        source.offence_description,
        source.offence_subgroup,
        source.offence_group,
        source.valid_from,
        source.valid_to
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
