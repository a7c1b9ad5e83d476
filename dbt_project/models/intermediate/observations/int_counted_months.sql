-- Which months of which areas have a count, be it zero: those that the area's own force supplied,
-- and, flagged as not supplied, those of areas that only turn up in other forces' files.
with

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

areas as (
    select * from {{ ref('areas') }}
),

forces as (
    select * from {{ ref('police_forces') }}
),

current_counts as (
    select * from {{ ref('int_current_counts') }}
),

supplied_by_own_force as (
    select
        coverage.source,
        areas.area_code,
        coverage.period_start as month,
        true as is_supplied,
        coverage.extract_date
    from coverage
    inner join forces
        on coverage.scope = forces.force_slug
    inner join areas
        on forces.force_code = areas.force_code
    where
        coverage.source = 'police_uk'
        and areas.area_type in ('csp', 'force', 'location_unknown')
),

seen_by_scope as (
    select
        source,
        scope,
        area_code
    from current_counts
    group by
        source,
        scope,
        area_code
),

seen_in_others_files as (
    select
        seen_by_scope.source,
        seen_by_scope.area_code,
        coverage.period_start as month,
        false as is_supplied,
        coverage.extract_date
    from seen_by_scope
    inner join coverage
        on
            seen_by_scope.source = coverage.source
            and seen_by_scope.scope = coverage.scope
),

all_months as (
    select * from supplied_by_own_force
    union all
    select * from seen_in_others_files
)

select
    source,
    area_code,
    month,
    bool_or(is_supplied) as is_supplied,
    max(extract_date) as extract_date
from all_months
group by
    source,
    area_code,
    month
