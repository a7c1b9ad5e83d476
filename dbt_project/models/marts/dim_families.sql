with

families as (
    select * from {{ ref('int_families') }}
),

areas as (
    select * from {{ ref('areas') }}
)

select
    families.scheme,
    families.area_code,
    areas.area_name,
    families.neighbour_code,
    neighbours.area_name as neighbour_name,
    families.valid_from,
    families.valid_to,
    families.is_self,
    families.is_illustrative,
    families.source
from families
left join areas
    on families.area_code = areas.area_code
left join areas as neighbours
    on families.neighbour_code = neighbours.area_code
