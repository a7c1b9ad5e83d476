-- Which months of which areas and indicators have a count, be it zero: those that the area's own
-- supplier covers, and, flagged as not supplied, those of areas that only turn up in other forces'
-- files.
with

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

load_areas as (
    select * from {{ ref('int_load_areas') }}
    where is_spoken_for
),

current_counts as (
    select * from {{ ref('int_current_counts') }}
),

counted_coverage as (
    select coverage.*
    from coverage
    inner join source_indicators
        on
            coverage.source = source_indicators.source
            and coverage.dataset = source_indicators.dataset
            and coverage.indicator_id = source_indicators.indicator_id
),

supplied as (
    select
        counted_coverage.source,
        counted_coverage.indicator_id,
        load_areas.area_code,
        counted_coverage.period_start as month,
        true as is_supplied,
        counted_coverage.extract_date
    from counted_coverage
    inner join load_areas
        on
            counted_coverage.load_id = load_areas.load_id
            and counted_coverage.scope = load_areas.scope
),

seen_by_scope as (
    select
        source,
        dataset,
        scope,
        area_code
    from current_counts
    group by all
),

seen_in_others_files as (
    select
        counted_coverage.source,
        counted_coverage.indicator_id,
        seen_by_scope.area_code,
        counted_coverage.period_start as month,
        false as is_supplied,
        counted_coverage.extract_date
    from seen_by_scope
    inner join counted_coverage
        on
            seen_by_scope.source = counted_coverage.source
            and seen_by_scope.dataset = counted_coverage.dataset
            and seen_by_scope.scope = counted_coverage.scope
),

all_months as (
    select * from supplied
    union all
    select * from seen_in_others_files
)

select
    source,
    indicator_id,
    area_code,
    month,
    bool_or(is_supplied) as is_supplied,
    max(extract_date) as extract_date
from all_months
group by all
