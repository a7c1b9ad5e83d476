-- Crimes, and what became of them, by month: by the month of the crime (street files and force extracts:
-- the last outcome as at the extract) and by the month of the decision (outcomes files). Only months that
-- the area's own supplier covers.
with

street_counts as (
    select * from {{ ref('int_police_uk__outcome_counts') }}
),

decided_counts as (
    select * from {{ ref('int_police_uk__decided_counts') }}
),

extract_counts as (
    select * from {{ ref('int_current_offence_counts') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

recorded_months as (
    select * from {{ ref('int_recorded_months') }}
),

scope_areas as (
    select * from {{ ref('int_scope_areas') }}
),

focus_areas as (
    select * from {{ ref('int_focus_areas') }}
),

categories as (
    select * from {{ ref('crime_categories') }}
    where
        source = 'police_uk'
        and indicator_id <> 'asb_incidents'
),

outcome_types as (
    select * from {{ ref('outcome_types') }}
),

by_crime_month as (
    select
        'police_uk' as source,
        categories.indicator_id,
        street_counts.area_code,
        street_counts.month,
        street_counts.records,
        outcome_types.outcome_type,
        outcome_types.is_decided,
        outcome_types.is_positive
    from street_counts
    inner join categories
        on street_counts.crime_type = categories.category
    inner join coverage
        on
            street_counts.load_id = coverage.load_id
            and street_counts.force_slug = coverage.scope
            and street_counts.month = coverage.period_start
            and categories.indicator_id = coverage.indicator_id
            and coverage.dataset = 'police_uk_street'
    left join outcome_types
        on street_counts.outcome_type = outcome_types.outcome_type
    union all
    select
        'force_extract' as source,
        extract_counts.indicator_id,
        extract_counts.area_code,
        extract_counts.month,
        extract_counts.records,
        outcome_types.outcome_type,
        outcome_types.is_decided,
        outcome_types.is_positive
    from extract_counts
    left join outcome_types
        on extract_counts.outcome_word = lower(outcome_types.outcome_type)
),

crimes as (
    select
        source,
        indicator_id,
        area_code,
        month,
        cast(sum(records) as bigint) as crimes,
        cast(coalesce(sum(records) filter (where outcome_type is not null), 0) as bigint)
            as crimes_with_outcome,
        cast(coalesce(sum(records) filter (where is_decided), 0) as bigint) as decided,
        cast(coalesce(sum(records) filter (where is_positive), 0) as bigint) as positive
    from by_crime_month
    group by all
),

crime_months as (
    select
        recorded_months.source,
        'crime_month' as basis,
        recorded_months.indicator_id,
        recorded_months.area_code,
        recorded_months.month,
        coalesce(crimes.crimes, 0) as crimes,
        coalesce(crimes.crimes_with_outcome, 0) as crimes_with_outcome,
        coalesce(crimes.decided, 0) as decided,
        coalesce(crimes.positive, 0) as positive
    from recorded_months
    left join crimes
        on
            {{ same_series('recorded_months', 'crimes') }}
            and recorded_months.month = crimes.month
    where
        recorded_months.source in ('police_uk', 'force_extract')
        and recorded_months.indicator_id <> 'asb_incidents'
),

outcome_coverage as (
    select
        coverage.load_id,
        coverage.scope,
        coverage.period_start as month
    from coverage
    where
        coverage.source = 'police_uk'
        and coverage.dataset = 'police_uk_outcomes'
),

decisions as (
    select
        decided_counts.area_code,
        categories.indicator_id,
        decided_counts.month,
        decided_counts.records,
        outcome_types.is_positive
    from decided_counts
    inner join outcome_coverage
        on
            decided_counts.load_id = outcome_coverage.load_id
            and decided_counts.force_slug = outcome_coverage.scope
            and decided_counts.month = outcome_coverage.month
    -- what a court decides follows a charge that was counted before
    inner join outcome_types
        on
            decided_counts.outcome_type = outcome_types.outcome_type
            and outcome_types.stage = 'police'
            and outcome_types.is_decided
    inner join categories
        on
            decided_counts.crime_type = categories.category
            or (decided_counts.crime_type is null and categories.category = 'Other crime')
    where
        decided_counts.crime_type is not null
        or categories.indicator_id = 'total_recorded_crime'
),

decided as (
    select
        area_code,
        indicator_id,
        month,
        cast(sum(records) as bigint) as decided,
        cast(coalesce(sum(records) filter (where is_positive), 0) as bigint) as positive
    from decisions
    group by all
),

outcome_months as (
    select
        crime_months.source,
        'outcome_month' as basis,
        crime_months.indicator_id,
        crime_months.area_code,
        crime_months.month,
        crime_months.crimes,
        crime_months.crimes as crimes_with_outcome,
        coalesce(decided.decided, 0) as decided,
        coalesce(decided.positive, 0) as positive
    from crime_months
    inner join focus_areas
        on
            crime_months.area_code = focus_areas.area_code
            and focus_areas.is_home_area
    inner join scope_areas
        on crime_months.area_code = scope_areas.area_code
    inner join outcome_coverage
        on
            scope_areas.scope = outcome_coverage.scope
            and crime_months.month = outcome_coverage.month
    left join decided
        on
            crime_months.indicator_id = decided.indicator_id
            and crime_months.area_code = decided.area_code
            and crime_months.month = decided.month
    where crime_months.source = 'police_uk'
)

select * from crime_months
union all
select * from outcome_months
