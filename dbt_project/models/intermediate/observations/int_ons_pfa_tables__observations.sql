-- Counts of the ONS partnership tables: the edition's year and the year before, of each year the
-- newest extract's (of one extract date, the newest edition's). A blank cell is not supplied.
with

located as (
    select * from {{ ref('int_ons_pfa_tables__located') }}
),

counts as (
    select
        load_id,
        extract_date,
        edition_end,
        area_code,
        indicator_id,
        period_start,
        period_end,
        -- a force's airport and its unassigned offences are one row; whole numbers, any order
        sum(value) as offences
    from located
    where
        table_name in ('counts', 'counts_year_before')
        and indicator_id is not null
        and value is not null
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by area_code, indicator_id, period_end
            order by extract_date desc, edition_end desc, load_id desc
        ) as vintage_rank
    from counts
)

select
    'ons_pfa_tables' as source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    offences as numerator,
    cast(null as double) as denominator,
    cast(null as double) as stated_value,
    true as is_supplied,
    extract_date
from ranked
where vintage_rank = 1
