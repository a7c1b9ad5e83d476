with

source as (
    select * from {{ source('landing', 'force_extract') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        source._force_slug as force_slug,
        loads.scope,
        source.reference_key,
        source.offence_code,
        source.recorded_date,
        source.committed_from,
        source.csp,
        source.lsoa_code,
        source.lsoa_name,
        source.outcome,
        source.cancelled,
        source.domestic_abuse,
        source.hate_crime,
        source.hate_race,
        source.hate_religion,
        source.hate_sexual_orientation,
        source.hate_disability,
        source.hate_transgender,
        source.knife,
        source.business,
        source.public_place,
        source.gang,
        source.cyber,
        source.female_genital_mutilation,
        source.repeat_victim,
        source.youth_victim,
        source.older_victim
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
