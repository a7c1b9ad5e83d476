with

outcome_figures as (
    select
        *,
        crimes_with_outcome as denominator,
        decided as decided_outcomes,
        positive as positive_outcomes,
        positive_outcome_rate_lower as rate_lower,
        positive_outcome_rate_upper as rate_upper,
        positive_outcome_change_pp as change_pp
    from {{ ref('int_outcome_figures') }}
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
    {{ unless_withheld([
        'crimes',
        'denominator',
        'decided_outcomes',
        'positive_outcomes',
        'positive_outcome_rate',
        'rate_lower',
        'rate_upper',
        'undecided_pct',
        'previous_positive_outcome_rate',
        'change_pp',
    ]) }},
    is_withheld as is_suppressed
from outcome_figures
