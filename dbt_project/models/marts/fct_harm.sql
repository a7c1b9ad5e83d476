with

harm_figures as (
    select * from {{ ref('int_harm_figures') }}
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
    {{ unless_withheld('records') }} as value,
    {{ unless_withheld('severity') }} as severity,
    {{ unless_withheld('case when weighted_records > 0 then severity / weighted_records end') }}
        as severity_per_offence,
    {{ unless_withheld('case when records > 0 then 100.0 * weighted_records / records end') }}
        as weighted_share_pct,
    denominator,
    denominator_kind,
    population_year,
    rate_per,
    {{ unless_withheld(
        'case when is_complete and denominator > 0 then severity * rate_per / denominator end'
    ) }} as severity_rate,
    {{ unless_withheld('previous_severity') }} as previous_severity,
    {{ unless_withheld('severity - previous_severity') }} as severity_change,
    {{ unless_withheld(
        'case
            when previous_severity > 0
                then 100.0 * (severity - previous_severity) / previous_severity
        end'
    ) }} as severity_change_pct,
    {{ unless_withheld(
        'case when previous_records > 0 then 100.0 * (records - previous_records) / previous_records end'
    ) }} as count_change_pct,
    break_note,
    is_withheld as is_suppressed
from harm_figures
