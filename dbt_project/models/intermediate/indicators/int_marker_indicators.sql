-- Which markers count in which indicators: the project's, and the partnership's own.
with

seeded as (
    select * from {{ ref('marker_indicators') }}
),

own_rules as (
    select * from {{ ref('int_own_indicator_rules') }}
    where counts_by = 'marker'
)

select
    indicator_id,
    marker,
    offence_group,
    offence_code
from seeded
union all
select
    indicator_id,
    word as marker,
    cast(null as varchar) as offence_group,
    cast(null as varchar) as offence_code
from own_rules
