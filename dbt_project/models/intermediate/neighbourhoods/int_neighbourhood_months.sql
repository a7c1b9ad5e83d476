-- Counts of neighbourhoods by month, of the newest extract of each force and month, without the zeros:
-- whether a month was supplied at all is the partnership's (int_counted_months).
with

counts as (
    select * from {{ ref('int_police_uk__lsoa_counts') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
    where
        source = 'police_uk'
        and dataset = 'police_uk_street'
),

categories as (
    select * from {{ ref('int_crime_categories') }}
    where source = 'police_uk'
),

members as (
    select * from {{ ref('int_neighbourhood_members') }}
)

select
    'police_uk' as source,
    members.area_type,
    members.csp_code,
    members.area_code,
    categories.indicator_id,
    counts.month,
    cast(sum(counts.records) as bigint) as records
from counts
inner join categories
    on counts.crime_type = categories.category
inner join coverage
    on
        counts.load_id = coverage.load_id
        and counts.force_slug = coverage.scope
        and counts.month = coverage.period_start
        and categories.indicator_id = coverage.indicator_id
inner join members
    on
        counts.csp_code = members.csp_code
        and counts.lsoa_code = members.supplied_code
group by all
