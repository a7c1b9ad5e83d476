-- Anti-social behaviour by load, month and area. Portable SQL (tag: records).
with

records as (
    select * from {{ ref('stg_asb__records') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

areas as (
    select * from {{ ref('areas') }}
),

located as (
    select
        records.load_id,
        {{ scope_of_incident('areas') }} as scope,
        spellings.area_code,
        {{ month_of_incident('records') }} as month,
        records.record_type,
        records.is_youth,
        records.records
    from records
    inner join spellings
        on {{ folded_name('records.area_as_written') }} = spellings.spelling
    inner join areas
        on spellings.area_code = areas.area_code
),

by_indicator as (
    select
        load_id,
        scope,
        area_code,
        month,
        {{ indicator_of_incident('record_type') }} as indicator_id,
        records
    from located
    union all
    select
        load_id,
        scope,
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
        scope,
        month,
        area_code,
        indicator_id,
        sum(records) as records
    from by_indicator
    group by
        load_id,
        scope,
        month,
        area_code,
        indicator_id
)

select * from counted
