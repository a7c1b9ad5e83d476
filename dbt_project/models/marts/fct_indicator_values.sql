{% set either_year = ['is_withheld', 'is_previous_withheld'] -%}

with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

headline_figures as (
    select * from {{ ref('int_headline_figures') }}
),

-- a factor is made of every month of an indicator's series: one month that is withheld could be solved
-- for, were the others and the factor known
withheld_indicators as (
    select distinct
        indicator_id,
        true as has_withheld_series
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
    {{ unless_withheld([
        'value',
        'value_so_far',
        'rate',
        'rate_lower',
        'rate_upper',
        'annualised_rate',
        'rag',
    ], of='indicator_values') }},
    {{ unless_withheld([
        'previous_value',
        'previous_rate',
        'change_pct_is_unreliable',
    ], ['is_previous_withheld'], of='indicator_values') }},
    {{ unless_withheld([
        'change',
        'change_pct',
        'change_pp',
        'change_ratio',
        'change_ratio_lower',
        'change_ratio_upper',
        'change_p_value',
        'significance',
        'direction_of_travel',
    ], either_year, of='indicator_values') }},
    {{ unless_withheld(['change_dispersion'], ['has_withheld_series'] + either_year, of='indicator_values') }},
    {{ unless_withheld(['baseline_3yr_value'], ['is_baseline_withheld'], of='indicator_values') }},
    -- of a proportion the cases are a count like any other
    case
        when indicator_values.denominator_kind = 'cases' and ({{ any_withheld() }}) then null
        else indicator_values.denominator
    end as denominator,
    indicator_values.denominator_kind,
    indicator_values.population_year,
    indicator_values.is_population_out_of_date,
    indicator_values.rate_per,
    case
        when {{ any_withheld() }} then 'withheld: a small number'
        else indicator_values.rate_missing_because
    end as rate_missing_because,
    case
        when indicator_values.baseline_3yr_value is not null then indicator_values.baseline_break_note
    end as baseline_break_note,
    indicator_values.significance_basis,
    indicator_values.target_value,
    indicator_values.break_note,
    indicator_values.is_provisional,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(['is_previous_withheld', 'is_baseline_withheld']) }} as is_comparison_suppressed,
    indicator_values.extract_date
from indicator_values
left join headline_figures
    on {{ same_figure('indicator_values', 'headline_figures') }}
left join withheld_indicators
    on indicator_values.indicator_id = withheld_indicators.indicator_id
{{ join_withheld('indicator_values') }}
