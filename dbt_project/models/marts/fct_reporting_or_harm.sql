with

-- partial periods and months say too little of harm that is seldom reported
indicator_values as (
    select * from {{ ref('int_indicator_values') }}
    where
        polarity = 'neutral'
        and unit = 'count'
        and period_type in ('rolling_12', 'financial_year', 'ytd')
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

harm_figures as (
    select * from {{ ref('int_harm_figures') }}
),

outcome_figures as (
    select * from {{ ref('int_outcome_figures') }}
    where basis = 'crime_month'
),

figures as (
    select
        indicator_values.source,
        indicator_values.indicator_id,
        indicator_values.indicator_name,
        indicator_values.area_code,
        indicator_values.area_name,
        indicator_values.area_type,
        indicator_values.force_code,
        indicator_values.period_type,
        indicator_values.period_label,
        indicator_values.period_start,
        indicator_values.period_end,
        indicator_values.is_complete,
        indicator_values.break_note,
        indicator_values.value,
        indicator_values.previous_value,
        indicator_values.change_pct,
        indicator_values.significance,
        withheld.is_previous_withheld,
        {{ any_withheld() }} as is_value_withheld,
        {{ any_withheld(['is_withheld', 'is_previous_withheld']) }} as is_count_withheld
    from indicator_values
    {{ join_withheld('indicator_values') }}
),

beside as (
    select
        figures.*,
        coalesce(harm_figures.scheme, 'none') as scheme,
        harm_figures.severity,
        harm_figures.severity_per_offence,
        harm_figures.weighted_share_pct,
        harm_figures.previous_severity,
        harm_figures.severity_change_pct,
        outcome_figures.decided as decided_outcomes,
        outcome_figures.positive as positive_outcomes,
        outcome_figures.positive_outcome_rate,
        outcome_figures.positive_outcome_rate_lower,
        outcome_figures.positive_outcome_rate_upper,
        outcome_figures.previous_positive_outcome_rate,
        outcome_figures.positive_outcome_change_pp,
        outcome_figures.undecided_pct,
        figures.is_count_withheld
        or coalesce(harm_figures.is_severity_withheld, false)
        or coalesce(harm_figures.is_previous_severity_withheld, false)
        or coalesce(outcome_figures.is_withheld, false) as is_withheld
    from figures
    inner join home_areas
        on figures.area_code = home_areas.area_code
    left join harm_figures
        on {{ same_figure('figures', 'harm_figures') }}
    left join outcome_figures
        on {{ same_figure('figures', 'outcome_figures') }}
)

select
    source,
    scheme,
    indicator_id,
    indicator_name,
    area_code,
    area_name,
    area_type,
    force_code,
    period_type,
    period_label,
    period_start,
    period_end,
    is_complete,
    {{ unless_withheld(['value'], ['is_value_withheld']) }},
    {{ unless_withheld(['previous_value'], ['is_previous_withheld']) }},
    {{ unless_withheld(['change_pct', 'significance'], ['is_count_withheld']) }},
    {{ unless_withheld([
        'severity',
        'severity_per_offence',
        'weighted_share_pct',
        'previous_severity',
        'severity_change_pct',
        'decided_outcomes',
        'positive_outcomes',
        'positive_outcome_rate',
        'positive_outcome_rate_lower',
        'positive_outcome_rate_upper',
        'previous_positive_outcome_rate',
        'positive_outcome_change_pp',
        'undecided_pct',
    ]) }},
    break_note,
    is_value_withheld as is_suppressed,
    is_withheld as is_severity_suppressed
from beside
