-- Residents (and the other kinds) of each LSOA and year, where such estimates have landed.
with

estimates as (
    select * from {{ ref('int_population_estimates') }}
)

select
    place_code as lsoa_code,
    year,
    population_kind,
    population
from estimates
where left(place_code, 3) in ('E01', 'W01')
