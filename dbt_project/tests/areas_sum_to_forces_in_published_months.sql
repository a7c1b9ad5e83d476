-- A failing row is a published month in which the areas of a source hold more than its forces recorded, or
-- less where every partnership is supplied: a record was lost or counted twice between staging and the mart.
-- Areas count by location, forces by who recorded, so the two agree only in the sum over all of them, and
-- only where the source counts records, as its location-unknown row says.
with

months as (
    select * from {{ ref('fct_indicator_values') }}
    where period_type = 'month'
),

partnerships as (
    select count(*) as areas from {{ ref('dim_areas') }}
    where area_type = 'csp'
),

sums as (
    select
        source,
        indicator_id,
        period_end,
        coalesce(sum(value) filter (where area_type = 'force'), 0) as by_force,
        coalesce(sum(value) filter (where area_type in ('csp', 'location_unknown')), 0) as by_place,
        count(*) filter (where area_type = 'csp' and is_complete) as areas_supplied
    from months
    group by all
    having
        bool_or(area_type = 'force')
        and bool_or(area_type = 'location_unknown')
        and not bool_or(coalesce(is_suppressed, false))
)

select sums.*
from sums
cross join partnerships
where
    sums.by_place - sums.by_force > 1e-6
    or (sums.by_force - sums.by_place > 1e-6 and sums.areas_supplied = partnerships.areas)
