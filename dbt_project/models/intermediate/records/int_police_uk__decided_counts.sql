-- Portable SQL (tag: records). Outcomes that the police decided in a month, for crimes of whatever month,
-- by load, month, home area and category. An outcomes file does not say what kind of crime it was: that
-- comes from the street row with the same reference, where one has landed.
with

outcomes as (
    select * from {{ ref('stg_police_uk__outcomes') }}
),

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

located as (
    select
        outcomes.load_id,
        outcomes.force_slug,
        outcomes.month,
        outcomes.crime_id,
        outcomes.outcome_type,
        {{ csp_of_lsoa() }} as csp_code
    from outcomes
    {{ join_lsoa_places('outcomes') | indent(4) }}
),

in_home_areas as (
    select located.*
    from located
    inner join home_areas
        on located.csp_code = home_areas.area_code
),

wanted as (
    select distinct crime_id
    from in_home_areas
    where crime_id is not null
),

-- a reference can come again, in another extract and even in one
kinds as (
    select
        street.crime_id,
        min(street.crime_type) as crime_type
    from street
    inner join wanted
        on street.crime_id = wanted.crime_id
    group by street.crime_id
)

select
    in_home_areas.load_id,
    in_home_areas.force_slug,
    in_home_areas.month,
    in_home_areas.csp_code as area_code,
    kinds.crime_type,
    in_home_areas.outcome_type,
    count(*) as records
from in_home_areas
left join kinds
    on in_home_areas.crime_id = kinds.crime_id
group by
    in_home_areas.load_id,
    in_home_areas.force_slug,
    in_home_areas.month,
    in_home_areas.csp_code,
    kinds.crime_type,
    in_home_areas.outcome_type
