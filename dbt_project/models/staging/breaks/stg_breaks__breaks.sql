with

source as (
    select * from {{ source('landing', 'breaks') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        source.area as area_as_written,
        source.series_source,
        source.indicator_id,
        source.break_date,
        source.break_note
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
