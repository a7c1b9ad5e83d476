with

source as (
    select * from {{ source('landing', 'counts_archive') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source.load_id,
        source.source,
        source.dataset,
        source.scope,
        source.month,
        source.area_code,
        source.indicator_id,
        source.records
    from source
    inner join loads
        on source.load_id = loads.load_id
)

select * from committed
