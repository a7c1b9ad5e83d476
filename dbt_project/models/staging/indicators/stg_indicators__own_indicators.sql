with

source as (
    select * from {{ source('landing', 'own_indicators') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        source.own_indicator_id as indicator_id,
        source.indicator_name,
        source.theme,
        source.definition,
        source.unit,
        source.denominator_kind,
        cast(source.rate_per as bigint) as rate_per,
        source.polarity,
        source.is_sensitive = 'yes' as is_sensitive,
        coalesce(source.is_headline, 'no') = 'yes' as is_headline,
        source.offence_codes,
        source.markers,
        source.categories,
        source.counted_as_one,
        source.counted_as_many,
        coalesce(source.is_withdrawn, 'no') = 'yes' as is_withdrawn
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
