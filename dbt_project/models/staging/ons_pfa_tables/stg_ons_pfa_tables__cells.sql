with

source as (
    select * from {{ source('landing', 'ons_pfa_tables') }}
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
        source.table_name,
        source.edition_end,
        source.period_start,
        source.period_end,
        source.area_level,
        source.force_code,
        source.force_name,
        source.csp_code,
        source.csp_name,
        source.lad_code,
        source.lad_name,
        source.measure,
        cast(source.measure_year as bigint) as measure_year,
        source.rounded_to,
        source.value,
        source.marker
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
