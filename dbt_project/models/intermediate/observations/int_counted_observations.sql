-- Monthly observations of the sources that supply records: a supplied month without rows is zero.
with

months as (
    select * from {{ ref('int_counted_months') }}
),

counts as (
    select * from {{ ref('int_current_counts') }}
),

area_counts as (
    select
        source,
        indicator_id,
        area_code,
        month,
        cast(sum(records) as bigint) as records
    from counts
    group by all
),

filled as (
    select
        months.source,
        months.indicator_id,
        months.area_code,
        months.month as period_start,
        last_day(months.month) as period_end,
        months.is_supplied,
        months.extract_date,
        cast(coalesce(area_counts.records, 0) as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as stated_value
    from months
    left join area_counts
        on
            {{ same_series('months', 'area_counts') }}
            and months.month = area_counts.month
)

select * from filled
