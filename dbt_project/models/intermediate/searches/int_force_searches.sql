-- Searches of forces by month, in total and by each thing that is known of them. A view, since the mart is
-- all that reads it.
{{ config(materialized='view') }}

{% set breakdowns = [
    'search_type', 'age_range', 'gender', 'officer_defined_ethnicity', 'legislation',
    'object_of_search', 'outcome',
] -%}

with

search_counts as (
    select * from {{ ref('int_police_uk__search_counts') }}
),

coverage as (
    select
        load_id,
        scope,
        period_start,
        extract_date
    from {{ ref('int_current_coverage') }}
    where
        source = 'police_uk'
        and dataset = 'police_uk_stop_and_search'
),

forces as (
    select * from {{ ref('police_forces') }}
),

covered as (
    select
        coverage.load_id,
        coverage.scope,
        coverage.period_start,
        coverage.extract_date,
        forces.force_code,
        forces.force_name
    from coverage
    inner join forces
        on coverage.scope = forces.force_slug
),

searches as (
    select
        covered.force_code,
        covered.period_start,
        search_counts.*
    from covered
    inner join search_counts
        on
            covered.load_id = search_counts.load_id
            and covered.scope = search_counts.force_slug
            and covered.period_start = search_counts.month
),

-- a supplied month without a search is zero
totals as (
    select
        covered.force_code,
        covered.period_start,
        'total' as breakdown,
        'all searches' as category,
        coalesce(sum(searches.searches), 0) as searches,
        coalesce(
            sum(searches.searches) filter (where lower(searches.outcome_linked_to_object) = 'true'), 0
        ) as searches_with_linked_outcome
    from covered
    left join searches
        on
            covered.force_code = searches.force_code
            and covered.period_start = searches.period_start
    group by all
),

parts as (
    {% for breakdown in breakdowns -%}
    select
        force_code,
        period_start,
        '{{ breakdown }}' as breakdown,
        coalesce({{ breakdown }}, 'not stated') as category,
        sum(searches) as searches,
        coalesce(sum(searches) filter (where lower(outcome_linked_to_object) = 'true'), 0)
            as searches_with_linked_outcome
    from searches
    group by
        force_code,
        period_start,
        coalesce({{ breakdown }}, 'not stated')
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor -%}
),

all_rows as (
    select * from totals
    union all
    select * from parts
)

select
    'police_uk' as source,
    all_rows.force_code,
    covered.force_name,
    'month' as period_type,
    strftime(all_rows.period_start, '%b %Y') as period_label,
    all_rows.period_start,
    last_day(all_rows.period_start) as period_end,
    all_rows.breakdown,
    all_rows.category,
    cast(all_rows.searches as bigint) as searches,
    cast(all_rows.searches_with_linked_outcome as bigint) as searches_with_linked_outcome,
    covered.extract_date
from all_rows
inner join covered
    on
        all_rows.force_code = covered.force_code
        and all_rows.period_start = covered.period_start
