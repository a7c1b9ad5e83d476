with

source as (
    select * from {{ source('landing', 'asb_records') }}
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
        source.record_type,
        source.occurred_on,
        source.category,
        source.is_youth = 'yes' as is_youth,
        cast(coalesce(source.records, 1) as bigint) as records,
        source.ward,
        source.lsoa_code,
        source.caller_key,
        source.location_key
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
