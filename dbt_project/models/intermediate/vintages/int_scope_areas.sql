-- Which areas a supplier's scope speaks for: a force's scope (its slug or code) for its partnerships,
-- itself and what it recorded without a location; an area's scope for that area alone.
with

areas as (
    select * from {{ ref('areas') }}
),

forces as (
    select * from {{ ref('police_forces') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

force_scopes as (
    select
        forces.force_slug as scope,
        areas.area_code
    from forces
    inner join areas
        on forces.force_code = areas.force_code
    where areas.area_type in ('csp', 'force', 'location_unknown')
    union
    select
        forces.force_code as scope,
        areas.area_code
    from forces
    inner join areas
        on forces.force_code = areas.force_code
    where areas.area_type in ('csp', 'force', 'location_unknown')
),

covered as (
    select distinct scope
    from {{ ref('stg_landing__coverage') }}
),

area_scopes as (
    select
        covered.scope,
        spellings.area_code
    from covered
    inner join spellings
        on {{ folded_name('covered.scope') }} = spellings.spelling
    where
        covered.scope not in (select force_scopes.scope from force_scopes)
)

select
    scope,
    area_code
from force_scopes
union all
select
    scope,
    area_code
from area_scopes
