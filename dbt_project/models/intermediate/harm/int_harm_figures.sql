-- Severity of complete periods in full (private): fct_harm leaves out what is withheld.
with

harm_periods as (
    select * from {{ ref('int_harm_periods') }}
),

focus_areas as (
    select * from {{ ref('int_focus_areas') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

figures as (
    select * from {{ ref('int_indicator_values') }}
),

withheld as (
    select * from {{ ref('int_withheld_severities') }}
),

described as (
    select
        harm_periods.* replace (
            case when harm_periods.is_complete then harm_periods.records end as records,
            case when harm_periods.is_complete then harm_periods.weighted_records end as weighted_records,
            case when harm_periods.is_complete then harm_periods.severity end as severity
        ),
        indicators.indicator_name,
        indicators.polarity,
        focus_areas.area_name,
        focus_areas.area_type,
        focus_areas.force_code,
        figures.denominator,
        figures.denominator_kind,
        figures.population_year,
        figures.rate_per,
        figures.break_note,
        coalesce(withheld.is_severity_withheld, false) as is_severity_withheld,
        coalesce(withheld.is_previous_severity_withheld, false) as is_previous_severity_withheld
    from harm_periods
    inner join focus_areas
        on harm_periods.area_code = focus_areas.area_code
    inner join indicators
        on harm_periods.indicator_id = indicators.indicator_id
    left join figures
        on {{ same_figure('harm_periods', 'figures') }}
    left join withheld
        on {{ same_figure('harm_periods', 'withheld') }}
)

select
    *,
    case when weighted_records > 0 then severity / weighted_records end as severity_per_offence,
    case when records > 0 then 100.0 * weighted_records / records end as weighted_share_pct,
    case
        when is_complete and denominator > 0 then severity * rate_per / denominator
    end as severity_rate,
    severity - previous_severity as severity_change,
    {{ percent_change('severity', 'previous_severity') }} as severity_change_pct,
    {{ percent_change('records', 'previous_records') }} as count_change_pct
from described
