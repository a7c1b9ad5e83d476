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

closed as (
    select * from {{ ref('int_closed_indicators') }}
),

described as (
    select
        harm_periods.*,
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
        closed.source is not null as is_withheld
    from harm_periods
    inner join focus_areas
        on harm_periods.area_code = focus_areas.area_code
    inner join indicators
        on harm_periods.indicator_id = indicators.indicator_id
    left join figures
        on
            harm_periods.source = figures.source
            and harm_periods.indicator_id = figures.indicator_id
            and harm_periods.area_code = figures.area_code
            and harm_periods.period_type = figures.period_type
            and harm_periods.period_end = figures.period_end
    left join closed
        on
            harm_periods.source = closed.source
            and focus_areas.force_code = closed.force_code
            and harm_periods.indicator_id = closed.indicator_id
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
from described
