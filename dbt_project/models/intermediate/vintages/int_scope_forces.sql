-- Whose records a scope's are: of the force itself, or of the force that a partnership is policed by.
-- Records of two scopes of one force can be the same crimes; those of two forces never are.
with

scope_areas as (
    select * from {{ ref('int_scope_areas') }}
),

areas as (
    select * from {{ ref('areas') }}
)

select
    scope_areas.scope,
    min(areas.force_code) as force_code,
    count(*) as areas_spoken_for
from scope_areas
inner join areas
    on scope_areas.area_code = areas.area_code
group by scope_areas.scope
having count(distinct areas.force_code) = 1
