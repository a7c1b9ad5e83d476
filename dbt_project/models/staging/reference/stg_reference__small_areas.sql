with

source as (
    select * from {{ source('reference', 'small_areas') }}
)

select
    lsoa11_code,
    lsoa11_name,
    lsoa21_code,
    lsoa21_name,
    ward_code,
    ward_name,
    lad_code
from source
