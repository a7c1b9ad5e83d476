-- A failing row is a published month in which the areas of a source hold more than its forces recorded, or
-- less where every partnership is supplied: a record was lost or counted twice between staging and the mart.
-- Areas count by location, forces by who recorded, so the two agree only in the sum over all of them, and
-- only where the source counts records, as its location-unknown row says. What a force recorded in a file
-- that is not its whole month is published in the areas where it happened, and in no force.
with

months as (
    select * from {{ ref('fct_indicator_values') }}
    where period_type = 'month'
),

in_no_force as (
    select
        observations.source,
        observations.indicator_id,
        observations.period_end,
        sum(observations.numerator) as records
    from {{ ref('int_counted_observations') }} as observations
    inner join {{ ref('areas') }} as areas
        on observations.area_code = areas.area_code
    where
        areas.area_type = 'force'
        and not observations.is_supplied
    group by
        observations.source,
        observations.indicator_id,
        observations.period_end
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

select
    sums.*,
    in_no_force.records as in_no_force
from sums
cross join partnerships
left join in_no_force
    on
        sums.source = in_no_force.source
        and sums.indicator_id = in_no_force.indicator_id
        and sums.period_end = in_no_force.period_end
where
    sums.by_place - sums.by_force - coalesce(in_no_force.records, 0) > 1e-6
    or (sums.by_force - sums.by_place > 1e-6 and sums.areas_supplied = partnerships.areas)
