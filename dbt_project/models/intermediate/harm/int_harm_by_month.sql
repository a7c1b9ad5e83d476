-- Severity-weighted counts by scheme and month: of force extracts by offence code, of data.police.uk by
-- category. An offence without a weight in the scheme counts in `records` alone.
with

weights as (
    select * from {{ ref('int_severity_weights') }}
),

extract_counts as (
    select * from {{ ref('int_current_offence_counts') }}
),

current_counts as (
    select * from {{ ref('int_current_counts') }}
),

recorded_months as (
    select * from {{ ref('int_recorded_months') }}
),

focus_areas as (
    select * from {{ ref('int_focus_areas') }}
),

categories as (
    select * from {{ ref('crime_categories') }}
    where source = 'police_uk'
),

-- the schemes that say anything of a source: by offence code, or by its categories
schemes as (
    select distinct
        scheme,
        'force_extract' as source
    from weights
    where offence_code is not null
    union
    select distinct
        weights.scheme,
        'police_uk' as source
    from weights
    inner join categories
        on weights.indicator_id = categories.indicator_id
    where categories.indicator_id <> 'total_recorded_crime'
),

-- each category's own indicator, and those that it counts in
category_indicators as (
    select
        own.indicator_id as own_indicator_id,
        counted_in.indicator_id
    from categories as own
    inner join categories as counted_in
        on own.category = counted_in.category
    where own.indicator_id <> 'total_recorded_crime'
),

items as (
    select
        'force_extract' as source,
        extract_counts.indicator_id,
        extract_counts.area_code,
        extract_counts.month,
        extract_counts.offence_code,
        cast(null as varchar) as own_indicator_id,
        sum(extract_counts.records) as records
    from extract_counts
    group by all
    union all
    select
        'police_uk' as source,
        category_indicators.indicator_id,
        current_counts.area_code,
        current_counts.month,
        cast(null as varchar) as offence_code,
        category_indicators.own_indicator_id,
        sum(current_counts.records) as records
    from current_counts
    inner join category_indicators
        on current_counts.indicator_id = category_indicators.own_indicator_id
    where current_counts.source = 'police_uk'
    group by all
),

weighted as (
    select
        schemes.scheme,
        items.source,
        items.indicator_id,
        items.area_code,
        items.month,
        cast(sum(items.records) as bigint) as records,
        cast(sum(case when weights.weight is not null then items.records else 0 end) as bigint)
            as weighted_records,
        sum(
            items.records * weights.weight
            order by items.offence_code, items.own_indicator_id
        ) as severity
    from items
    inner join focus_areas
        on items.area_code = focus_areas.area_code
    inner join schemes
        on items.source = schemes.source
    left join weights
        on
            schemes.scheme = weights.scheme
            and (
                items.offence_code = weights.offence_code
                or items.own_indicator_id = weights.indicator_id
            )
            and items.month between weights.valid_from and weights.valid_to
    group by all
)

select
    schemes.scheme,
    recorded_months.source,
    recorded_months.indicator_id,
    recorded_months.area_code,
    recorded_months.month,
    coalesce(weighted.records, 0) as records,
    coalesce(weighted.weighted_records, 0) as weighted_records,
    coalesce(weighted.severity, 0.0) as severity
from recorded_months
inner join schemes
    on recorded_months.source = schemes.source
left join weighted
    on
        schemes.scheme = weighted.scheme
        and {{ same_series('recorded_months', 'weighted') }}
        and recorded_months.month = weighted.month
