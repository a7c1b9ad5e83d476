-- Portable SQL (tag: records). What has become of the crimes of each month, by the street files' last
-- outcome: crimes by load, month, area, category and outcome. No outcome stands in rows of anti-social
-- behaviour, nor in those of British Transport Police.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

forces as (
    select * from {{ ref('police_forces') }}
),

counted as (
    select
        street.load_id,
        street.force_slug,
        street.month,
        {{ csp_of_lsoa() }} as area_code,
        street.crime_type,
        street.last_outcome_category as outcome_type,
        count(*) as records
    from street
    {{ join_lsoa_places('street') | indent(4) }}
    group by
        street.load_id,
        street.force_slug,
        street.month,
        {{ csp_of_lsoa() }},
        street.crime_type,
        street.last_outcome_category
),

located as (
    select
        counted.*,
        forces.force_code
    from counted
    inner join forces
        on counted.force_slug = forces.force_slug
),

both_ways as (
    {{ by_place_and_by_force(
        'located', ['load_id', 'force_slug', 'month', 'crime_type', 'outcome_type', 'records']
    ) }}
)

select
    load_id,
    force_slug,
    month,
    area_code,
    crime_type,
    outcome_type,
    sum(records) as records
from both_ways
group by
    load_id,
    force_slug,
    month,
    area_code,
    crime_type,
    outcome_type
