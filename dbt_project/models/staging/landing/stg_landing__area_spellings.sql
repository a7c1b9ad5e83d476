with

source as (
    select * from {{ source('catalog', 'area_spellings') }}
)

select
    spelling,
    area_code
from source
