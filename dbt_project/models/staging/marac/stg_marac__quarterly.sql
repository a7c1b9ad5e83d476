with

source as (
    select * from {{ source('landing', 'marac_quarterly') }}
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
        source.quarter as period_label,
        {{ financial_period_start('source.quarter') }} as period_start,
        {{ financial_period_end('source.quarter') }} as period_end,
        source.measure,
        source.breakdown,
        source.count as counted
    from source
    inner join loads
        on source._load_id = loads.load_id
    -- the count of a quarter that was not over when it was made is landed and not yet a count
    where {{ financial_period_end('source.quarter') }} <= loads.extract_date
)

select * from committed
