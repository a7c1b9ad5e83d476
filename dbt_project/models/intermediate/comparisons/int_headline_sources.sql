-- Which source speaks for an indicator in an area: among the sources that are up to date there (their
-- last period ends within twelve months of the newest source's), the first of the indicator's rule.
with

period_rates as (
    select * from {{ ref('int_period_rates') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

rule_places as (
    select
        indicator_id,
        unnest(string_split(source_rule, '>')) as source,
        generate_subscripts(string_split(source_rule, '>'), 1) as place
    from indicators
),

series as (
    select
        source,
        indicator_id,
        area_code,
        max(end_month_number) as last_month_number,
        max(max(end_month_number)) over (
            partition by indicator_id, area_code
        ) as newest_month_number
    from period_rates
    group by
        source,
        indicator_id,
        area_code
),

placed as (
    select
        series.source,
        series.indicator_id,
        series.area_code,
        row_number() over (
            partition by series.indicator_id, series.area_code
            order by
                (series.last_month_number >= series.newest_month_number - 12) desc,
                rule_places.place nulls last,
                series.source
        ) as preference
    from series
    left join rule_places
        on
            series.indicator_id = rule_places.indicator_id
            and series.source = rule_places.source
)

select
    source,
    indicator_id,
    area_code
from placed
where preference = 1
