-- Which of a force's scopes speaks for an area, indicator and month: the one with the newest extract; one
-- whose extract has no row of the area comes last. A force's extract and a partnership's own hold the
-- same crimes: added up, each would count twice. Of two extracts of one date the partnership's own
-- speaks, being the narrower.
with

coverage as (
    select * from {{ ref('int_current_coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

load_areas as (
    select * from {{ ref('int_load_areas') }}
),

scope_forces as (
    select * from {{ ref('int_scope_forces') }}
),

ranked as (
    select
        coverage.source,
        coverage.dataset,
        coverage.indicator_id,
        coverage.period_start as month,
        load_areas.area_code,
        scope_forces.force_code,
        coverage.scope,
        row_number() over (
            partition by
                coverage.source,
                coverage.dataset,
                coverage.indicator_id,
                coverage.period_start,
                load_areas.area_code,
                scope_forces.force_code
            order by
                load_areas.is_spoken_for desc,
                coverage.extract_date desc,
                scope_forces.areas_spoken_for,
                coverage.scope
        ) as vintage_rank
    from coverage
    inner join source_indicators
        on
            coverage.source = source_indicators.source
            and coverage.dataset = source_indicators.dataset
            and coverage.indicator_id = source_indicators.indicator_id
    inner join load_areas
        on
            coverage.load_id = load_areas.load_id
            and coverage.scope = load_areas.scope
    inner join scope_forces
        on coverage.scope = scope_forces.scope
)

select
    source,
    dataset,
    indicator_id,
    month,
    area_code,
    force_code,
    scope
from ranked
where vintage_rank = 1
