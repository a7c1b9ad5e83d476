with

source as (
    select * from {{ source('landing', 'population') }}
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
        source.area_code,
        source.area_name,
        source.geography,
        source.population_kind,
        source.sex,
        cast(source.age_from as bigint) as age_from,
        cast(source.age_to as bigint) as age_to,
        cast(source.year as bigint) as year,
        source.population
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
