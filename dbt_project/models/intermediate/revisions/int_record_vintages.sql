-- What sources of records said of an area, indicator and month at each of their extract dates: the sum
-- over the scopes that speak for the area or have records in it, each as its newest extract up to that
-- date had it. A covered month without records is nought; a month that the area's own supplier had not
-- covered by then has no row.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

scope_areas as (
    select * from {{ ref('int_scope_areas') }}
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
    group by
        coverage.source,
        coverage.dataset,
        coverage.scope,
        source_indicators.indicator_id,
        coverage.period_start,
        coverage.extract_date
),

area_scopes as (
    select
        source,
        dataset,
        scope,
        area_code,
        bool_or(is_own) as is_own
    from (
        select distinct
            covered.source,
            covered.dataset,
            covered.scope,
            scope_areas.area_code,
            true as is_own
        from covered
        inner join scope_areas
            on covered.scope = scope_areas.scope
        union all
        select distinct
            source,
            dataset,
            scope,
            area_code,
            false as is_own
        from counts
    ) as both_ways
    group by
        source,
        dataset,
        scope,
        area_code
),

known as (
    select
        covered.*,
        area_scopes.area_code,
        area_scopes.is_own
    from covered
    inner join area_scopes
        on
            covered.source = area_scopes.source
            and covered.dataset = area_scopes.dataset
            and covered.scope = area_scopes.scope
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
        known.is_own,
        max_by(known.load_id, known.extract_date) as load_id
    from vintages
    inner join known
        on
            vintages.source = known.source
            and vintages.indicator_id = known.indicator_id
            and vintages.area_code = known.area_code
            and vintages.month = known.month
            and known.extract_date <= vintages.extract_date
    group by
        vintages.extract_date,
        known.source,
        known.dataset,
        known.scope,
        known.indicator_id,
        known.area_code,
        known.month,
        known.is_own
)

select
    known_at.source,
    known_at.indicator_id,
    known_at.area_code,
    known_at.month as period_start,
    last_day(known_at.month) as period_end,
    known_at.extract_date,
    cast(coalesce(sum(counts.records), 0) as double) as numerator
from known_at
left join counts
    on
        known_at.load_id = counts.load_id
        and known_at.dataset = counts.dataset
        and known_at.scope = counts.scope
        and known_at.indicator_id = counts.indicator_id
        and known_at.area_code = counts.area_code
        and known_at.month = counts.month
group by
    known_at.source,
    known_at.indicator_id,
    known_at.area_code,
    known_at.month,
    known_at.extract_date
having bool_or(known_at.is_own)
