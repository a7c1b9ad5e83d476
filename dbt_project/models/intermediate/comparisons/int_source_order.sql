-- In which order the sources of an indicator speak in an area: first those that are up to date there
-- (their newest complete period ends no more than three months before the newest complete one of any
-- source), each group in the order of the indicator's rule. A source without a complete period is last.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
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
        max({{ month_number('period_end') }}) filter (where is_complete) as last_complete_month
    from indicator_values
    group by all
),

aged as (
    select
        *,
        max(last_complete_month) over (partition by indicator_id, area_code)
        - last_complete_month as months_behind
    from series
)

select
    aged.source,
    aged.indicator_id,
    aged.area_code,
    row_number() over (
        partition by aged.indicator_id, aged.area_code
        order by
            (aged.months_behind is not null) desc,
            (aged.months_behind <= 3) desc,
            rule_places.place nulls last,
            aged.source
    ) as place
from aged
left join rule_places
    on
        aged.indicator_id = rule_places.indicator_id
        and aged.source = rule_places.source
