-- Months of a force's extract whose records are past their time and gone: their counts are kept, their
-- outcomes and offence codes are not, and zero would be wrong. Private.
with

archive as (
    select * from {{ ref('stg_landing__counts_archive') }}
    where dataset = 'force_extract'
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
    where dataset = 'force_extract'
),

loads_with_records as (
    select distinct load_id
    from {{ ref('int_force_extract__offence_counts') }}
)

select distinct
    archive.source,
    archive.area_code,
    archive.month
from archive
inner join coverage
    on
        archive.load_id = coverage.load_id
        and archive.scope = coverage.scope
        and archive.month = coverage.period_start
left join loads_with_records
    on archive.load_id = loads_with_records.load_id
where loads_with_records.load_id is null
