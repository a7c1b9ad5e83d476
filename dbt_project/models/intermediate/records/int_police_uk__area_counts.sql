-- Portable SQL (tag: records). The record layer ends here: counts by area, indicator and vintage.
with

street as (
    select * from {{ ref('stg_police_uk__street') }}
),

forces as (
    select * from {{ ref('police_forces') }}
),

categories as (
    select * from {{ ref('int_crime_categories') }}
    where source = 'police_uk'
),

-- millions of rows become thousands before anything else is asked of them
monthly as (
    select
        street.load_id,
        street.force_slug,
        street.month,
        street.crime_type,
        {{ csp_of_lsoa() }} as csp_code,
        count(*) as records
    from street
    {{ join_lsoa_places('street') | indent(4) }}
    group by
        street.load_id,
        street.force_slug,
        street.month,
        street.crime_type,
        {{ csp_of_lsoa() }}
),

classified as (
    select
        monthly.load_id,
        monthly.force_slug,
        monthly.month,
        monthly.records,
        forces.force_code,
        coalesce(monthly.csp_code, forces.force_code || '_unknown') as area_code,
        categories.indicator_id
    from monthly
    inner join forces
        on monthly.force_slug = forces.force_slug
    inner join categories
        on monthly.crime_type = categories.category
),

both_ways as (
    {{ by_place_and_by_force('classified', ['load_id', 'force_slug', 'month', 'indicator_id', 'records']) }}
)

select
    'police_uk' as source,
    'police_uk_street' as dataset,
    load_id,
    force_slug as scope,
    month,
    area_code,
    indicator_id,
    sum(records) as records
from both_ways
group by
    load_id,
    force_slug,
    month,
    area_code,
    indicator_id
