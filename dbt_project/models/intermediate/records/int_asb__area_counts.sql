-- Anti-social behaviour by load, month and area. Portable SQL (tag: records).
with

records as (
    select * from {{ ref('stg_asb__records') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

located as (
    select
        records.load_id,
        records.area_as_written,
        spellings.area_code,
        cast(date_trunc('month', records.occurred_on) as date) as month,
        records.record_type,
        records.is_youth,
        records.records
    from records
    inner join spellings
        on lower(trim(records.area_as_written)) = spellings.spelling
),

by_indicator as (
    select
        load_id,
        area_as_written,
        area_code,
        month,
        case when record_type = 'call' then 'asb_calls_for_service' else 'asb_incidents' end
            as indicator_id,
        records
    from located
    union all
    select
        load_id,
        area_as_written,
        area_code,
        month,
        'asb_youth' as indicator_id,
        records
    from located
    where
        record_type = 'incident'
        and is_youth
),

counted as (
    select
        'asb' as source,
        'asb_records' as dataset,
        load_id,
        area_as_written as scope,
        month,
        area_code,
        indicator_id,
        sum(records) as records
    from by_indicator
    group by
        load_id,
        area_as_written,
        month,
        area_code,
        indicator_id
)

select * from counted
