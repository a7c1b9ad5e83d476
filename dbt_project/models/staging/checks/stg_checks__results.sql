with

source as (
    select * from {{ source('checks', 'results') }}
),

renamed as (
    select
        check_id,
        stage,
        tool,
        subject,
        description,
        severity,
        status,
        observed,
        expected,
        unexpected_count
    from source
)

select * from renamed
