-- The areas that outcomes and harm are shown for: the home areas, their forces, and the other
-- partnerships of these forces beside them.
with

areas as (
    select * from {{ ref('areas') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
)

select
    areas.area_code,
    areas.area_name,
    areas.area_type,
    areas.force_code,
    areas.area_code in (select home_areas.area_code from home_areas) as is_home_area
from areas
where
    areas.area_type in ('csp', 'force')
    and areas.force_code in (select home_areas.force_code from home_areas)
