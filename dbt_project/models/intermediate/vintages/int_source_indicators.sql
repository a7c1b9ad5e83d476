-- Which indicators a dataset of records can count. A source adds its own select here. Coverage of "*"
-- means all of them; a supplier that cannot tell one (no knife marker, say) covers the others by name.
with

crime_categories as (
    select * from {{ ref('crime_categories') }}
),

police_uk as (
    select distinct
        'police_uk' as source,
        'police_uk_street' as dataset,
        indicator_id
    from crime_categories
    where source = 'police_uk'
)

select
    source,
    dataset,
    indicator_id
from police_uk
