-- Indicators whose outcomes and severity are not published for a force's areas: where one series of a
-- sensitive indicator is withheld, or has a month with a small number of positive outcomes, it and
-- whatever it is a part of, in all areas of the force. A severity over known weights, or a total less its
-- other parts, would tell the small number. Public data is never withheld.
with recursive

withheld_rows as (
    select * from {{ ref('int_withheld_rows') }}
),

withheld_series as (
    select * from {{ ref('int_withheld_series') }}
),

outcomes as (
    select * from {{ ref('int_outcomes_by_month') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

small as (
    select
        source,
        indicator_id,
        area_code
    from withheld_series
    union
    select
        source,
        indicator_id,
        area_code
    from withheld_rows
    union
    select
        outcomes.source,
        outcomes.indicator_id,
        outcomes.area_code
    from outcomes
    inner join indicators
        on outcomes.indicator_id = indicators.indicator_id
    where
        indicators.is_sensitive
        and (
            outcomes.positive between 1 and {{ var('suppression_threshold') }} - 1
            or outcomes.crimes - outcomes.positive between 1 and {{ var('suppression_threshold') }} - 1
        )
),

closed as (
    select distinct
        small.source,
        areas.force_code,
        small.indicator_id
    from small
    inner join areas
        on small.area_code = areas.area_code
    where small.source <> 'police_uk'
    union
    select
        closed.source,
        closed.force_code,
        indicators.parent_indicator_id as indicator_id
    from closed
    inner join indicators
        on closed.indicator_id = indicators.indicator_id
    where indicators.parent_indicator_id is not null
)

select
    source,
    force_code,
    indicator_id
from closed
