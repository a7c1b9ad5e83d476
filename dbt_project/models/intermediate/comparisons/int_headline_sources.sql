-- Which source speaks for an indicator in an area, where nothing of it is withheld.
with

source_order as (
    select * from {{ ref('int_source_order') }}
)

select
    source,
    indicator_id,
    area_code
from source_order
where place = 1
