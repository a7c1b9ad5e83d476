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

withheld as (
    select * from {{ ref('int_withheld_outcomes') }}
),

described as (
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
        withheld.source is not null as is_withheld,
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
    left join withheld
        on
            outcome_periods.source = withheld.source
            and focus_areas.force_code = withheld.force_code
            and outcome_periods.indicator_id = withheld.indicator_id
)

-- of outcomes by the month in which they were decided there is no whole that they are a share of
select
    *,
    case
        when is_complete and basis = 'crime_month'
            then 100.0 * wilson_lower(cast(positive as double), cast(crimes_with_outcome as double))
    end as positive_outcome_rate_lower,
    case
        when is_complete and basis = 'crime_month'
            then 100.0 * wilson_upper(cast(positive as double), cast(crimes_with_outcome as double))
    end as positive_outcome_rate_upper,
    case
        when is_complete and basis = 'crime_month' and crimes_with_outcome > 0
            then 100.0 * (crimes_with_outcome - decided) / crimes_with_outcome
    end as undecided_pct,
    positive_outcome_rate - previous_positive_outcome_rate as positive_outcome_change_pp
from described
