with

source as (
    select * from {{ source('landing', 'partner_returns') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        case
            when source.area_type is null then source.area
            else source.area || ' (' || source.area_type || ')'
        end as area_as_written,
        source.comparator,
        source.cohort,
        source.follow_up,
        source.indicator_id,
        source.period_start,
        source.period_end,
        source.numerator,
        source.denominator,
        source.value,
        source.source_document
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
