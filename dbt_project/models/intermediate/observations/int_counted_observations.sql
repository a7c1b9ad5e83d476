-- Monthly observations of the sources that supply records: a supplied month without rows is zero.
with

months as (
    select * from {{ ref('int_counted_months') }}
),

counts as (
    select * from {{ ref('int_current_counts') }}
),

categories as (
    select * from {{ ref('crime_categories') }}
),

indicators_of_source as (
    select distinct
        source,
        indicator_id
    from categories
),

area_counts as (
    select
        source,
        area_code,
        month,
        indicator_id,
        sum(records) as records
    from counts
    group by
        source,
        area_code,
        month,
        indicator_id
),

filled as (
    select
        months.source,
        indicators_of_source.indicator_id,
        months.area_code,
        months.month as period_start,
        last_day(months.month) as period_end,
        months.is_supplied,
        months.extract_date,
        cast(coalesce(area_counts.records, 0) as double) as numerator
    from months
    inner join indicators_of_source
        on months.source = indicators_of_source.source
    left join area_counts
        on
            months.source = area_counts.source
            and months.area_code = area_counts.area_code
            and months.month = area_counts.month
            and indicators_of_source.indicator_id = area_counts.indicator_id
)

select * from filled
