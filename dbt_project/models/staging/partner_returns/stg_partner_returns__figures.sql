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
        loads.source,
        loads.extract_date,
        case
            when source.area_type is null then source.area
            else source.area || ' (' || source.area_type || ')'
        end as area_as_written,
        source.comparator,
        source.cohort,
        source.follow_up,
        source.programme,
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
    -- a figure of part of a month is none of a month, and one of a period that was not over when it was
    -- given is landed and not yet a figure
    where
        source.period_end <= loads.extract_date
        and day(source.period_start) = 1
        and source.period_end = last_day(source.period_end)
)

select * from committed
