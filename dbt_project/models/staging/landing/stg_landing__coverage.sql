with

source as (
    select * from {{ source('catalog', 'coverage') }}
),

renamed as (
    select
        load_id,
        source,
        dataset,
        extract_date,
        scope,
        indicator_id,
        period_start,
        period_end
    from source
)

select * from renamed
