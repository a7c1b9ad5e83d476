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
),

described as (
    select
        outcome_periods.*,
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
)

select
    source,
    basis,
    indicator_id,
    indicator_name,
    polarity,
    area_code,
    area_name,
    area_type,
    force_code,
    period_type,
    period_label,
    period_start,
    period_end,
    months_expected,
    months_supplied,
    is_complete,
    {{ unless_withheld('crimes') }} as crimes,
    {{ unless_withheld('crimes_with_outcome') }} as denominator,
    {{ unless_withheld('decided') }} as decided_outcomes,
    {{ unless_withheld('positive') }} as positive_outcomes,
    {{ unless_withheld('positive_outcome_rate') }} as positive_outcome_rate,
    {{ unless_withheld(
        "case
            when is_complete and basis = 'crime_month'
                then 100.0 * wilson_lower(cast(positive as double), cast(crimes_with_outcome as double))
        end"
    ) }} as rate_lower,
    {{ unless_withheld(
        "case
            when is_complete and basis = 'crime_month'
                then 100.0 * wilson_upper(cast(positive as double), cast(crimes_with_outcome as double))
        end"
    ) }} as rate_upper,
    {{ unless_withheld(
        "case
            when is_complete and crimes_with_outcome > 0 and basis = 'crime_month'
                then 100.0 * (crimes_with_outcome - decided) / crimes_with_outcome
        end"
    ) }} as undecided_pct,
    {{ unless_withheld('previous_positive_outcome_rate') }} as previous_positive_outcome_rate,
    {{ unless_withheld('positive_outcome_rate - previous_positive_outcome_rate') }} as change_pp,
    is_withheld as is_suppressed
from described
