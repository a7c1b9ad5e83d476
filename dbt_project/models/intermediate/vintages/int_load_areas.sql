-- Which areas a load of records speaks for. An area's own load speaks for that area. A force's load
-- speaks for a partnership that it has a row of, whatever the month and indicator: one without any row
-- is left out of the file far more often than it is free of crime, so its months are not supplied. It
-- is zero only where the force's other loads have so few rows of it that none can be chance. For the
-- force itself a load speaks that has rows of most of its partnerships, or of none but of places that
-- nobody could locate: an extract cut to one partnership is not the force's.
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

areas as (
    select * from {{ ref('areas') }}
),

counts as (
    select * from {{ ref('int_counts_by_vintage') }}
),

loads as (
    select distinct
        coverage.load_id,
        coverage.dataset,
        coverage.scope
    from coverage
    inner join source_indicators
        on
            coverage.source = source_indicators.source
            and coverage.dataset = source_indicators.dataset
),

-- the rows of an area: those of the indicator that has most
indicator_rows as (
    select
        load_id,
        dataset,
        scope,
        area_code,
        indicator_id,
        sum(records) as records
    from counts
    group by all
),

area_rows as (
    select
        load_id,
        dataset,
        scope,
        area_code,
        max(records) as records
    from indicator_rows
    group by all
),

usual_rows as (
    select
        dataset,
        scope,
        area_code,
        avg(records) as records
    from area_rows
    group by all
),

loads_and_areas as (
    select
        loads.load_id,
        loads.scope,
        areas.area_code,
        areas.area_type,
        coalesce(area_rows.records, 0) as records,
        usual_rows.records as usual_records
    from loads
    inner join scope_areas
        on loads.scope = scope_areas.scope
    inner join areas
        on scope_areas.area_code = areas.area_code
    left join area_rows
        on
            loads.load_id = area_rows.load_id
            and loads.dataset = area_rows.dataset
            and loads.scope = area_rows.scope
            and areas.area_code = area_rows.area_code
    left join usual_rows
        on
            loads.dataset = usual_rows.dataset
            and loads.scope = usual_rows.scope
            and areas.area_code = usual_rows.area_code
),

judged as (
    select
        *,
        count(*) over of_load = 1 as is_own_load,
        count(*) filter (where area_type = 'csp') over of_load as partnerships,
        count(*) filter (where area_type = 'csp' and records > 0) over of_load
            as partnerships_with_rows,
        count(*) filter (where area_type = 'location_unknown' and records > 0) over of_load > 0
            as has_unlocated
    from loads_and_areas
    window of_load as (partition by load_id, scope)
),

whole_forces as (
    select
        *,
        partnerships = 0
        or 2 * partnerships_with_rows > partnerships
        or (partnerships_with_rows = 0 and has_unlocated) as is_whole_force
    from judged
)

select
    load_id,
    scope,
    area_code,
    is_own_load
    or (area_type = 'csp' and records > 0)
    or (area_type = 'csp' and is_whole_force and coalesce(usual_records < ln(1000), false))
    or (area_type <> 'csp' and is_whole_force) as is_spoken_for
from whole_forces
