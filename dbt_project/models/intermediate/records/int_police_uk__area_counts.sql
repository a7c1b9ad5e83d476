-- Portable SQL (tag: records). The record layer ends here: counts by area, indicator and vintage.
with

monthly_counts as (
    select * from {{ ref('int_police_uk__monthly_counts') }}
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

forces as (
    select * from {{ ref('police_forces') }}
),

categories as (
    select * from {{ ref('int_crime_categories') }}
),

classified as (
    select
        monthly_counts.load_id,
        monthly_counts.force_slug,
        monthly_counts.month,
        forces.force_code,
        coalesce(monthly_counts.looked_up_csp_code, local_authorities.csp_code) as csp_code,
        categories.indicator_id,
        monthly_counts.records
    from monthly_counts
    inner join forces
        on monthly_counts.force_slug = forces.force_slug
    inner join categories
        on
            monthly_counts.crime_type = categories.category
            and categories.source = 'police_uk'
    left join local_authorities
        on monthly_counts.local_authority_name = local_authorities.lad_name
),

-- an area's figure counts by where the crime happened, no matter who recorded it
by_location as (
    select
        load_id,
        force_slug,
        month,
        indicator_id,
        coalesce(csp_code, force_code || '_unknown') as area_code,
        records
    from classified
),

-- a force's figure counts by who recorded it, wherever it happened
by_recording_force as (
    select
        load_id,
        force_slug,
        month,
        indicator_id,
        force_code as area_code,
        records
    from classified
),

both_ways as (
    select * from by_location
    union all
    select * from by_recording_force
),

counted as (
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
)

select * from counted
