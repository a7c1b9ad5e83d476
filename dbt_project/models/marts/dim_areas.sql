with

areas as (
    select * from {{ ref('areas') }}
)

select
    area_code,
    area_name,
    area_type,
    lad_code,
    force_code,
    force_name,
    region_code,
    region_name,
    country_code,
    list_contains({{ home_areas_list() }}, area_code) as is_home_area
from areas
