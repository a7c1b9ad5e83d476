-- What sources of records said of an area, indicator and month at each of their extract dates: the sum
-- over the scopes that speak for the area or have records in it, each as its newest extract up to that
-- date had it. A covered month without records is zero; a month that the area's own supplier had not
-- covered by then is not supplied, and has what others' files hold of it. Of the scopes of one force
-- only the one with the newest extract by then speaks for an area: a force's extract and a
-- partnership's own hold the same crimes.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

load_areas as (
    select * from {{ ref('int_load_areas') }}
    where is_spoken_for
),

scope_forces as (
    select * from {{ ref('int_scope_forces') }}
),

counts as (
    select * from {{ ref('int_counts_by_vintage') }}
),

covered as (
    select
        coverage.source,
        coverage.dataset,
        coverage.scope,
        source_indicators.indicator_id,
        coverage.period_start as month,
        coverage.extract_date,
        max(coverage.load_id) as load_id
    from coverage
    inner join source_indicators
        on
            coverage.source = source_indicators.source
            and coverage.dataset = source_indicators.dataset
            and coverage.indicator_id in ('*', source_indicators.indicator_id)
    group by all
),

area_scopes as (
    select
        covered.source,
        covered.dataset,
        covered.scope,
        load_areas.area_code
    from covered
    inner join load_areas
        on
            covered.load_id = load_areas.load_id
            and covered.scope = load_areas.scope
    union
    select
        source,
        dataset,
        scope,
        area_code
    from counts
),

known as (
    select
        covered.*,
        area_scopes.area_code,
        load_areas.load_id is not null as is_own
    from covered
    inner join area_scopes
        on
            covered.source = area_scopes.source
            and covered.dataset = area_scopes.dataset
            and covered.scope = area_scopes.scope
    left join load_areas
        on
            covered.load_id = load_areas.load_id
            and covered.scope = load_areas.scope
            and area_scopes.area_code = load_areas.area_code
),

vintages as (
    select distinct
        source,
        indicator_id,
        area_code,
        month,
        extract_date
    from known
),

known_at as (
    select
        vintages.extract_date,
        known.source,
        known.dataset,
        known.scope,
        known.indicator_id,
        known.area_code,
        known.month,
        max_by(known.load_id, known.extract_date) as load_id,
        max_by(known.is_own, known.extract_date) as is_own,
        max(known.extract_date) as scope_extract_date
    from vintages
    inner join known
        on
            {{ same_series('vintages', 'known') }}
            and vintages.month = known.month
            and known.extract_date <= vintages.extract_date
    group by all
),

ranked as (
    select
        known_at.*,
        scope_forces.force_code,
        bool_or(known_at.is_own) over (
            partition by
                known_at.extract_date,
                known_at.source,
                known_at.dataset,
                known_at.indicator_id,
                known_at.area_code,
                known_at.month,
                scope_forces.force_code
        ) as has_own,
        row_number() over (
            partition by
                known_at.extract_date,
                known_at.source,
                known_at.dataset,
                known_at.indicator_id,
                known_at.area_code,
                known_at.month,
                scope_forces.force_code
            order by
                known_at.is_own desc,
                known_at.scope_extract_date desc,
                scope_forces.areas_spoken_for,
                known_at.scope
        ) as vintage_rank
    from known_at
    left join scope_forces
        on known_at.scope = scope_forces.scope
),

speaking as (
    select *
    from ranked
    where
        force_code is null
        or not has_own
        or vintage_rank = 1
)

select
    speaking.source,
    speaking.indicator_id,
    speaking.area_code,
    speaking.month as period_start,
    last_day(speaking.month) as period_end,
    speaking.extract_date,
    cast(coalesce(sum(counts.records), 0) as double) as numerator,
    bool_or(speaking.is_own) as is_supplied
from speaking
left join counts
    on
        speaking.load_id = counts.load_id
        and speaking.dataset = counts.dataset
        and speaking.scope = counts.scope
        and speaking.indicator_id = counts.indicator_id
        and speaking.area_code = counts.area_code
        and speaking.month = counts.month
group by all
