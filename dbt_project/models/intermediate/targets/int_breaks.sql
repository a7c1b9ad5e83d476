-- Every break in force, an area each (* for all): delivered ones, of each the newest, and the seed's.
-- A newer delivery replaces the words of a break; none takes one back.
with

delivered as (
    select * from {{ ref('stg_breaks__breaks') }}
),

seeded as (
    select * from {{ ref('breaks') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

all_breaks as (
    select
        delivered.series_source as source,
        delivered.indicator_id,
        case
            when trim(delivered.area_as_written) = '*' then '*'
            else spellings.area_code
        end as area_code,
        delivered.break_date,
        delivered.break_note,
        delivered.extract_date,
        delivered.load_id,
        delivered.row_number
    from delivered
    left join spellings
        on {{ folded_name('delivered.area_as_written') }} = spellings.spelling
    union all
    select
        source,
        indicator_id,
        area_code,
        break_date,
        break_note,
        cast(null as date) as extract_date,
        cast(null as varchar) as load_id,
        cast(null as bigint) as row_number
    from seeded
),

ranked as (
    select
        *,
        row_number() over (
            partition by source, indicator_id, area_code, break_date
            order by extract_date desc nulls last, load_id desc, row_number desc, break_note
        ) as vintage_rank
    from all_breaks
    where area_code is not null
)

select
    source,
    indicator_id,
    area_code,
    break_date,
    break_note
from ranked
where vintage_rank = 1
