-- Every figure at every extract date, of sources of records and of sources that state figures, with
-- the value that it makes. True figures, private.
with

record_vintages as (
    select * exclude (is_supplied) from {{ ref('int_record_vintages') }}
    where is_supplied
),

stated_vintages as (
    select * from {{ ref('int_stated_vintages') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

all_vintages as (
    select * from record_vintages
    union all by name
    select * from stated_vintages
),

valued as (
    select
        all_vintages.*,
        indicators.value_kind,
        case
            when indicators.value_kind = 'proportion' and all_vintages.denominator > 0
                then 100.0 * all_vintages.numerator / all_vintages.denominator
            when indicators.value_kind = 'proportion'
                then all_vintages.stated_value
            else coalesce(all_vintages.numerator, all_vintages.stated_value)
        end as value
    from all_vintages
    inner join indicators
        on all_vintages.indicator_id = indicators.indicator_id
)

select
    source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    extract_date,
    value_kind,
    numerator,
    denominator,
    value
from valued
where value is not null
