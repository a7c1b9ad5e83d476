-- Which categories of data.police.uk count in which indicators: the project's, and the partnership's own.
with

seeded as (
    select * from {{ ref('crime_categories') }}
),

own_rules as (
    select * from {{ ref('int_own_indicator_rules') }}
    where counts_by = 'category'
)

select
    source,
    category,
    indicator_id
from seeded
union all
select
    'police_uk' as source,
    word as category,
    indicator_id
from own_rules
