-- Counts that a force states for an area and a month: of each the newest extract's. A zero is a count;
-- a month that is not there is not supplied.
with

counts as (
    select * from {{ ref('stg_force_counts__counts') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

located as (
    select
        counts.load_id,
        counts.row_number,
        counts.extract_date,
        spellings.area_code,
        counts.indicator_id,
        counts.month,
        counts.records
    from counts
    inner join spellings
        on {{ folded_name('counts.area_as_written') }} = spellings.spelling
),

ranked as (
    select
        *,
        {{ vintage_rank(['area_code', 'indicator_id', 'month'], within_load=true) }} as vintage_rank
    from located
)

select
    'force_counts' as source,
    indicator_id,
    area_code,
    month as period_start,
    last_day(month) as period_end,
    records as numerator,
    cast(null as double) as denominator,
    cast(null as double) as stated_value,
    true as is_supplied,
    extract_date
from ranked
where vintage_rank = 1
