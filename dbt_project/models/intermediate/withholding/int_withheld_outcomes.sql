-- Indicators whose outcomes are not published for a force's areas: a sensitive one of which a series is
-- withheld, or has a month with a small number of outcomes or without one, and those from which it would
-- follow by subtraction (withheld_together): the outcomes of a whole less its other parts are the part's.
-- What is only wider (all crime) stays. Public data is never withheld.
with

withheld_series as (
    select * from {{ ref('int_withheld_series') }}
),

outcomes as (
    select * from {{ ref('int_outcomes_by_month') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

withheld_together as (
    select * from {{ ref('int_withheld_together') }}
),

areas as (
    select * from {{ ref('areas') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

small as (
    select
        source,
        indicator_id,
        area_code
    from withheld_series
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

withheld as (
    select distinct
        small.source,
        areas.force_code,
        small.indicator_id
    from small
    inner join areas
        on small.area_code = areas.area_code
    where small.source not in (select public_sources.source from public_sources)
)

select
    source,
    force_code,
    indicator_id
from withheld
union
select
    withheld.source,
    withheld.force_code,
    withheld_together.indicator_id
from withheld
inner join withheld_together
    on withheld.indicator_id = withheld_together.sensitive_indicator_id
