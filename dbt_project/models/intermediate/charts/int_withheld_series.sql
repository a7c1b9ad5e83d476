-- Series of sensitive indicators that no chart may show: mean, moving range, limits and trend give a
-- small month back, so a series with one month of 1 to 4 is withheld whole. Where only one area of a
-- force is, the force's own series goes with it: force less the others would be that area.
with

period_values as (
    select * from {{ ref('int_period_values') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

small as (
    select distinct
        period_values.source,
        period_values.indicator_id,
        period_values.area_code,
        areas.area_type,
        areas.force_code
    from period_values
    inner join indicators
        on period_values.indicator_id = indicators.indicator_id
    inner join areas
        on period_values.area_code = areas.area_code
    where
        indicators.is_sensitive
        -- counts, and the cases behind a proportion
        and coalesce(period_values.numerator, period_values.value) > 0
        and coalesce(period_values.numerator, period_values.value)
        < {{ var('suppression_threshold') }}
),

alone_in_its_force as (
    select
        source,
        indicator_id,
        force_code
    from small
    where area_type <> 'force'
    group by
        source,
        indicator_id,
        force_code
    having count(*) = 1
),

withheld as (
    select
        source,
        indicator_id,
        area_code
    from small
    union
    select
        alone_in_its_force.source,
        alone_in_its_force.indicator_id,
        areas.area_code
    from alone_in_its_force
    inner join areas
        on alone_in_its_force.force_code = areas.force_code
    where areas.area_type = 'force'
)

select
    source,
    indicator_id,
    area_code
from withheld
