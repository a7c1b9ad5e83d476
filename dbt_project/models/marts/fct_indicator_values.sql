with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

headline_figures as (
    select * from {{ ref('int_headline_figures') }}
),

-- a factor is made of every month of an indicator's series: one month that is withheld could be solved
-- for, were the others and the factor known
closed_indicators as (
    select distinct
        indicator_id,
        true as is_closed
    from {{ ref('int_withheld_series') }}
)

select
    indicator_values.source,
    indicator_values.indicator_id,
    indicator_values.indicator_name,
    indicator_values.theme,
    indicator_values.unit,
    indicator_values.polarity,
    indicator_values.area_code,
    indicator_values.area_name,
    indicator_values.area_type,
    indicator_values.force_code,
    indicator_values.period_type,
    indicator_values.period_label,
    indicator_values.period_start,
    indicator_values.period_end,
    indicator_values.months_expected,
    indicator_values.months_supplied,
    indicator_values.is_complete,
    headline_figures.source is not null as is_headline_source,
    {{ unless_withheld('indicator_values.value') }} as value,
    {{ unless_withheld('indicator_values.value_so_far') }} as value_so_far,
    -- of a proportion the cases are a count like any other
    case
        when indicator_values.denominator_kind = 'cases'
            then {{ unless_withheld('indicator_values.denominator') }}
        else indicator_values.denominator
    end as denominator,
    indicator_values.denominator_kind,
    indicator_values.population_year,
    indicator_values.is_population_out_of_date,
    indicator_values.rate_per,
    {{ unless_withheld('indicator_values.rate') }} as rate,
    {{ unless_withheld('indicator_values.rate_lower') }} as rate_lower,
    {{ unless_withheld('indicator_values.rate_upper') }} as rate_upper,
    {{ unless_withheld('indicator_values.annualised_rate') }} as annualised_rate,
    case
        when {{ any_withheld() }} then 'withheld: a small number'
        else indicator_values.rate_missing_because
    end as rate_missing_because,
    {{ unless_withheld(
        'indicator_values.previous_value',
        ['is_previous_withheld']
    ) }} as previous_value,
    {{ unless_withheld(
        'indicator_values.change',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change,
    {{ unless_withheld(
        'indicator_values.change_pct',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pct,
    {{ unless_withheld(
        'indicator_values.change_pp',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pp,
    {{ unless_withheld(
        'indicator_values.change_pct_is_unreliable',
        ['is_previous_withheld']
    ) }} as change_pct_is_unreliable,
    {{ unless_withheld(
        'indicator_values.baseline_3yr_value',
        ['is_baseline_withheld']
    ) }} as baseline_3yr_value,
    case
        when indicator_values.baseline_3yr_value is not null then indicator_values.baseline_break_note
    end as baseline_break_note,
    {{ unless_withheld(
        'indicator_values.previous_rate',
        ['is_previous_withheld']
    ) }} as previous_rate,
    {{ unless_withheld(
        'indicator_values.change_ratio',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_ratio,
    {{ unless_withheld(
        'indicator_values.change_ratio_lower',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_ratio_lower,
    {{ unless_withheld(
        'indicator_values.change_ratio_upper',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_ratio_upper,
    {{ unless_withheld(
        'indicator_values.change_p_value',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_p_value,
    {{ unless_withheld(
        'indicator_values.change_dispersion',
        ['is_closed', 'is_withheld', 'is_previous_withheld']
    ) }} as change_dispersion,
    indicator_values.significance_basis,
    {{ unless_withheld(
        'indicator_values.significance',
        ['is_withheld', 'is_previous_withheld']
    ) }} as significance,
    {{ unless_withheld(
        'indicator_values.direction_of_travel',
        ['is_withheld', 'is_previous_withheld']
    ) }} as direction_of_travel,
    indicator_values.target_value,
    {{ unless_withheld('indicator_values.rag') }} as rag,
    indicator_values.break_note,
    indicator_values.is_provisional,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(['is_previous_withheld', 'is_baseline_withheld']) }} as is_comparison_suppressed,
    indicator_values.extract_date
from indicator_values
left join headline_figures
    on
        indicator_values.source = headline_figures.source
        and indicator_values.indicator_id = headline_figures.indicator_id
        and indicator_values.area_code = headline_figures.area_code
        and indicator_values.period_type = headline_figures.period_type
        and indicator_values.period_end = headline_figures.period_end
left join closed_indicators
    on indicator_values.indicator_id = closed_indicators.indicator_id
{{ join_withheld('indicator_values') }}
