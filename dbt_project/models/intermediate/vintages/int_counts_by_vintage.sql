-- One list for all sources that supply records: the monthly counts of every load, kept for ever. A
-- source adds its model here; areas by location, forces by recording force.
{% set models_of_records = [
    'int_police_uk__area_counts',
    'int_force_extract__area_counts',
    'int_asb__area_counts',
] -%}

with

-- what is kept of lists of MARAC cases is read by int_marac__months
archive as (
    select * from {{ ref('stg_landing__counts_archive') }}
    where dataset <> 'marac_cases'
),

from_records as (
    {% for model in models_of_records -%}
    select
        source,
        dataset,
        load_id,
        scope,
        month,
        area_code,
        indicator_id,
        cast(records as bigint) as records
    from {{ ref(model) }}
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor -%}
),

loads_with_records as (
    select distinct load_id
    from from_records
),

-- between the writing of an archive and the removal of the records a load has both
from_archive as (
    select
        archive.source,
        archive.dataset,
        archive.load_id,
        archive.scope,
        archive.month,
        archive.area_code,
        archive.indicator_id,
        archive.records
    from archive
    left join loads_with_records
        on archive.load_id = loads_with_records.load_id
    where loads_with_records.load_id is null
)

select * from from_records
union all
select * from from_archive
