-- A severity is withheld with its count, and where it would tell a sensitive one (int_telling_severities).
{% set own = ['is_withheld', 'is_severity_withheld'] -%}
{% set previous = ['is_previous_withheld', 'is_previous_severity_withheld'] -%}

with

harm_figures as (
    select * from {{ ref('int_harm_figures') }}
)

select
    harm_figures.scheme,
    harm_figures.source,
    harm_figures.indicator_id,
    harm_figures.indicator_name,
    harm_figures.polarity,
    harm_figures.area_code,
    harm_figures.area_name,
    harm_figures.area_type,
    harm_figures.force_code,
    harm_figures.period_type,
    harm_figures.period_label,
    harm_figures.period_start,
    harm_figures.period_end,
    harm_figures.months_expected,
    harm_figures.months_supplied,
    harm_figures.is_complete,
    {{ unless_withheld('harm_figures.records') }} as value,
    {{ unless_withheld('harm_figures.severity', own) }} as severity,
    {{ unless_withheld(
        'case
            when harm_figures.weighted_records > 0
                then harm_figures.severity / harm_figures.weighted_records
        end',
        own
    ) }} as severity_per_offence,
    {{ unless_withheld(
        'case
            when harm_figures.records > 0
                then 100.0 * harm_figures.weighted_records / harm_figures.records
        end',
        own
    ) }} as weighted_share_pct,
    harm_figures.denominator,
    harm_figures.denominator_kind,
    harm_figures.population_year,
    harm_figures.rate_per,
    {{ unless_withheld(
        'case
            when harm_figures.is_complete and harm_figures.denominator > 0
                then harm_figures.severity * harm_figures.rate_per / harm_figures.denominator
        end',
        own
    ) }} as severity_rate,
    {{ unless_withheld('harm_figures.previous_severity', previous) }} as previous_severity,
    {{ unless_withheld('harm_figures.severity - harm_figures.previous_severity', own + previous) }}
        as severity_change,
    {{ unless_withheld(
        'case
            when harm_figures.previous_severity > 0
                then
                    100.0
                    * (harm_figures.severity - harm_figures.previous_severity)
                    / harm_figures.previous_severity
        end',
        own + previous
    ) }} as severity_change_pct,
    {{ unless_withheld(
        'case
            when harm_figures.previous_records > 0
                then
                    100.0
                    * (harm_figures.records - harm_figures.previous_records)
                    / harm_figures.previous_records
        end',
        ['is_withheld', 'is_previous_withheld']
    ) }} as count_change_pct,
    harm_figures.break_note,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(own) }} as is_severity_suppressed,
    {{ any_withheld(previous) }} as is_comparison_suppressed
from harm_figures
{{ join_withheld('harm_figures') }}
