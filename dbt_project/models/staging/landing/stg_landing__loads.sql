with

source as (
    select * from {{ source('catalog', 'loads') }}
),

renamed as (
    select
        load_id,
        source,
        dataset,
        file,
        extract_date,
        scope,
        rows_read,
        rows_loaded,
        rows_rejected,
        reader_version,
        is_synthetic
    from source
)

select * from renamed
