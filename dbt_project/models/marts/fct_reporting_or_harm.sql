with

-- partial periods and months say too little of harm that is seldom reported
figures as (
    select * from {{ ref('fct_indicator_values') }}
    where
        polarity = 'neutral'
        and unit = 'count'
        and period_type in ('rolling_12', 'financial_year', 'ytd')
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

harm as (
    select * from {{ ref('fct_harm') }}
),

outcomes as (
    select * from {{ ref('fct_outcomes') }}
    where basis = 'crime_month'
),

beside as (
    select
        figures.source,
        figures.indicator_id,
        figures.indicator_name,
        figures.area_code,
        figures.area_name,
        figures.area_type,
        figures.force_code,
        figures.period_type,
        figures.period_label,
        figures.period_start,
        figures.period_end,
        figures.is_complete,
        figures.value,
        figures.previous_value,
        figures.change_pct,
        figures.significance,
        figures.break_note,
        coalesce(harm.scheme, 'none') as scheme,
        harm.severity,
        harm.severity_per_offence,
        harm.previous_severity,
        harm.severity_change_pct,
        harm.weighted_share_pct,
        outcomes.decided_outcomes,
        outcomes.positive_outcomes,
        outcomes.positive_outcome_rate,
        outcomes.rate_lower as positive_outcome_rate_lower,
        outcomes.rate_upper as positive_outcome_rate_upper,
        outcomes.previous_positive_outcome_rate,
        outcomes.change_pp as positive_outcome_change_pp,
        outcomes.undecided_pct,
        figures.is_suppressed
        or coalesce(harm.is_suppressed, false)
        or coalesce(outcomes.is_suppressed, false) as is_suppressed
    from figures
    inner join home_areas
        on figures.area_code = home_areas.area_code
    left join harm
        on
            figures.source = harm.source
            and figures.indicator_id = harm.indicator_id
            and figures.area_code = harm.area_code
            and figures.period_type = harm.period_type
            and figures.period_end = harm.period_end
    left join outcomes
        on
            figures.source = outcomes.source
            and figures.indicator_id = outcomes.indicator_id
            and figures.area_code = outcomes.area_code
            and figures.period_type = outcomes.period_type
            and figures.period_end = outcomes.period_end
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
    value,
    previous_value,
    change_pct,
    significance,
    severity,
    severity_per_offence,
    previous_severity,
    severity_change_pct,
    weighted_share_pct,
    decided_outcomes,
    positive_outcomes,
    positive_outcome_rate,
    positive_outcome_rate_lower,
    positive_outcome_rate_upper,
    previous_positive_outcome_rate,
    positive_outcome_change_pp,
    undecided_pct,
    break_note,
    is_suppressed
from beside
