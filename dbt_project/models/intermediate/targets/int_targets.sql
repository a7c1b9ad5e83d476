-- Every target in force: the newest delivery of each, and where none was delivered the seed's.
with

delivered as (
    select * from {{ ref('stg_targets__targets') }}
),

seeded as (
    select * from {{ ref('targets') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

all_targets as (
    select
        spellings.area_code,
        delivered.indicator_id,
        delivered.period_type,
        delivered.period_end,
        delivered.target_value,
        delivered.source_document as source,
        delivered.extract_date,
        delivered.load_id,
        delivered.row_number
    from delivered
    inner join spellings
        on {{ folded_name('delivered.area_as_written') }} = spellings.spelling
    union all
    select
        area_code,
        indicator_id,
        period_type,
        period_end,
        target_value,
        source,
        cast(null as date) as extract_date,
        cast(null as varchar) as load_id,
        cast(null as bigint) as row_number
    from seeded
),

ranked as (
    select
        *,
        {{ vintage_rank(['area_code', 'indicator_id', 'period_type', 'period_end'], within_load=true) }}
            as vintage_rank
    from all_targets
)

select
    area_code,
    indicator_id,
    period_type,
    period_end,
    target_value,
    source,
    extract_date
from ranked
where vintage_rank = 1
