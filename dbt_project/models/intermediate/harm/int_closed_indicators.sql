-- Indicators whose outcomes and severity are not published for a force's areas: where one series of a
-- sensitive indicator is withheld, or has a month with a small number of outcomes or without one, it and
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
        and len(
            list_filter(
                [
                    outcomes.crimes,
                    outcomes.crimes_with_outcome,
                    outcomes.decided,
                    outcomes.positive,
                    outcomes.crimes - outcomes.crimes_with_outcome,
                    outcomes.crimes_with_outcome - outcomes.decided,
                    outcomes.crimes_with_outcome - outcomes.positive,
                    outcomes.decided - outcomes.positive,
                ],
                lambda counted: counted between 1 and {{ var('suppression_threshold') }} - 1
            )
        ) > 0
),

offence_indicators as (
    select distinct
        indicator_id,
        offence_code
    from {{ ref('offence_indicators') }}
),

-- what an indicator is a part of: its parent, and whatever counts every offence code that it counts
wholes as (
    select
        indicator_id,
        parent_indicator_id as whole_indicator_id
    from indicators
    where parent_indicator_id is not null
    union
    select
        parts.indicator_id,
        wholes.indicator_id as whole_indicator_id
    from offence_indicators as parts
    inner join offence_indicators as wholes
        on
            parts.offence_code = wholes.offence_code
            and parts.indicator_id <> wholes.indicator_id
    group by
        parts.indicator_id,
        wholes.indicator_id
    having
        count(*) = (
            select count(*)
            from offence_indicators as counted
            where counted.indicator_id = parts.indicator_id
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
        wholes.whole_indicator_id as indicator_id
    from closed
    inner join wholes
        on closed.indicator_id = wholes.indicator_id
)

select
    source,
    force_code,
    indicator_id
from closed
