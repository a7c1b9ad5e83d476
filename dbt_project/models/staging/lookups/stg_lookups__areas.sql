with

source as (
    select * from {{ source('landing', 'area_lookups') }}
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
        source.lsoa11_code,
        source.lsoa11_name,
        source.lsoa21_code,
        source.lsoa21_name,
        source.ward_code,
        source.ward_name,
        cast(source.ward_vintage as bigint) as ward_vintage,
        source.lad_code,
        source.lad_name,
        cast(source.lad_vintage as bigint) as lad_vintage,
        source.csp_code,
        source.csp_name,
        cast(source.csp_vintage as bigint) as csp_vintage,
        source.force_code,
        source.force_name,
        cast(source.force_vintage as bigint) as force_vintage
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
