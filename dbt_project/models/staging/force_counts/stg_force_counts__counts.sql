with

source as (
    select * from {{ source('landing', 'force_counts') }}
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
        source.indicator_id,
        source.month,
        source.count as records
    from source
    inner join loads
        on source._load_id = loads.load_id
    -- the count of a month that was not over when it was made is landed and not yet a count
    where last_day(source.month) <= loads.extract_date
)

select * from committed
