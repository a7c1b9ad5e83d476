with

source as (
    select * from {{ source('landing', 'marac_cases') }}
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
        source.victim_key,
        source.perpetrator_keys,
        source.referral_date,
        source.discussed_date,
        source.referring_agency,
        -- a referral is about abuse unless it says otherwise; that it is criminal must be said, and a list
        -- that says it of no referral, yes or no, does not know it
        coalesce(source.any_abuse, 'yes') = 'yes' as is_any_abuse,
        case
            when count(source.potentially_criminal) over (partition by source._load_id) > 0
                then coalesce(source.potentially_criminal, 'no') = 'yes'
        end as is_potentially_criminal
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
