-- A severity is withheld with its count, and where it would reveal a sensitive one (int_revealing_severities).
{% set own = ['is_withheld', 'is_severity_withheld'] -%}
{% set previous = ['is_previous_withheld', 'is_previous_severity_withheld'] -%}

with

harm_figures as (
    select
        figures.*,
        figures.records as value,
        withheld.is_withheld,
        withheld.is_previous_withheld
    from {{ ref('int_harm_figures') }} as figures
    {{ join_withheld('figures') | indent(4) }}
)

select
    scheme,
    source,
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
    {{ unless_withheld(['value']) }},
    {{ unless_withheld(['severity', 'severity_per_offence', 'weighted_share_pct', 'severity_rate'], own) }},
    {{ unless_withheld(['previous_severity'], previous) }},
    {{ unless_withheld(['severity_change', 'severity_change_pct'], own + previous) }},
    {{ unless_withheld(['count_change_pct'], ['is_withheld', 'is_previous_withheld']) }},
    denominator,
    denominator_kind,
    population_year,
    rate_per,
    break_note,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(own) }} as is_severity_suppressed,
    {{ any_withheld(previous) }} as is_comparison_suppressed
from harm_figures
