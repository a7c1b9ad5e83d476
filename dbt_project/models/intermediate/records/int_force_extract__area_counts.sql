-- Portable SQL (tag: records). The record layer ends here: counts by area, indicator and vintage.
with

records as (
    select * from {{ ref('int_force_extract__located') }}
),

indicators as (
    select * from {{ ref('int_force_extract__indicators') }}
),

classified as (
    select
        records.load_id,
        records.scope,
        records.force_code,
        records.month,
        records.area_code,
        indicators.indicator_id
    from records
    inner join indicators
        on
            records.load_id = indicators.load_id
            and records.row_number = indicators.row_number
),

both_ways as (
    {{ by_place_and_by_force('classified', ['load_id', 'scope', 'month', 'indicator_id']) }}
),

counted as (
    select
        'force_extract' as source,
        'force_extract' as dataset,
        load_id,
        scope,
        month,
        area_code,
        indicator_id,
        count(*) as records
    from both_ways
    group by
        load_id,
        scope,
        month,
        area_code,
        indicator_id
)

select * from counted
