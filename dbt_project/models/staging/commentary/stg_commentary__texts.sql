with

source as (
    select * from {{ source('landing', 'commentary') }}
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
        source.month,
        source.priority,
        source.heading,
        source.commentary_text,
        source.author_role
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
