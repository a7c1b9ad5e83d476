with

outcome_figures as (
    select * from {{ ref('int_outcome_figures') }}
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
from outcome_figures
