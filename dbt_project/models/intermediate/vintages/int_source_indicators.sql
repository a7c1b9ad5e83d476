-- Which indicators a dataset of records can count. A source adds its own select here. Coverage of "*"
-- means all of them; a supplier that cannot count one (no knife marker, say) covers the others by name.
with

crime_categories as (
    select * from {{ ref('int_crime_categories') }}
),

police_uk as (
    select distinct
        'police_uk' as source,
        'police_uk_street' as dataset,
        indicator_id
    from crime_categories
    where source = 'police_uk'
),

by_code_or_marker as (
    select indicator_id from {{ ref('int_offence_indicators') }}
    union
    select indicator_id from {{ ref('int_marker_indicators') }}
),

force_extract as (
    select
        'force_extract' as source,
        'force_extract' as dataset,
        indicator_id
    from by_code_or_marker
),

asb as (
    select
        'asb' as source,
        'asb_records' as dataset,
        indicator_id
    from {{ ref('int_indicators') }}
    where indicator_id in ('asb_incidents', 'asb_youth', 'asb_calls_for_service')
)

select
    source,
    dataset,
    indicator_id
from police_uk
union all
select
    source,
    dataset,
    indicator_id
from force_extract
union all
select
    source,
    dataset,
    indicator_id
from asb
