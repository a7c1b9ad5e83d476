with

source as (
    select * from {{ source('reference', 'population') }}
)

select
    place_code,
    year,
    population_kind,
    population,
    source as population_source
from source
