-- Positive-outcome rates of complete periods in full (private): fct_outcomes leaves out what is_withheld.
with

outcome_periods as (
    select * from {{ ref('int_outcome_periods') }}
),

focus_areas as (
    select * from {{ ref('int_focus_areas') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

closed as (
    select * from {{ ref('int_closed_indicators') }}
)

select
    outcome_periods.* replace (
        case when outcome_periods.is_complete then outcome_periods.crimes end as crimes,
        case when outcome_periods.is_complete then outcome_periods.crimes_with_outcome end as crimes_with_outcome,
        case when outcome_periods.is_complete then outcome_periods.decided end as decided,
        case when outcome_periods.is_complete then outcome_periods.positive end as positive
    ),
    indicators.indicator_name,
    indicators.polarity,
    focus_areas.area_name,
    focus_areas.area_type,
    focus_areas.force_code,
    closed.source is not null as is_withheld,
    case
        when outcome_periods.is_complete and outcome_periods.crimes_with_outcome > 0
            then 100.0 * outcome_periods.positive / outcome_periods.crimes_with_outcome
    end as positive_outcome_rate,
    case
        when outcome_periods.previous_crimes_with_outcome > 0
            then 100.0 * outcome_periods.previous_positive / outcome_periods.previous_crimes_with_outcome
    end as previous_positive_outcome_rate
from outcome_periods
inner join focus_areas
    on outcome_periods.area_code = focus_areas.area_code
inner join indicators
    on outcome_periods.indicator_id = indicators.indicator_id
left join closed
    on
        outcome_periods.source = closed.source
        and focus_areas.force_code = closed.force_code
        and outcome_periods.indicator_id = closed.indicator_id
