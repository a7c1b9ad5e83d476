-- One list for all sources that supply records: the monthly counts of every load, kept for ever. A
-- source adds its own select here; areas by location, forces by recording force.
with

police_uk as (
    select * from {{ ref('int_police_uk__area_counts') }}
),

all_sources as (
    select
        source,
        dataset,
        load_id,
        scope,
        month,
        area_code,
        indicator_id,
        cast(records as bigint) as records
    from police_uk
)

select * from all_sources
