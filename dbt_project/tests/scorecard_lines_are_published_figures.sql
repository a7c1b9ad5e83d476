-- A failing row is a line of the scorecard whose figures are not those of fct_indicator_values. A home
-- area's indicator that nobody supplied has a line without a figure.
select
    lines.area_code,
    lines.indicator_id,
    lines.period_end,
    lines.value
from {{ ref('rpt_scorecard') }} as lines
left join {{ ref('fct_indicator_values') }} as figures
    on
        lines.source = figures.source
        and lines.indicator_id = figures.indicator_id
        and lines.area_code = figures.area_code
        and lines.period_type = figures.period_type
        and lines.period_end = figures.period_end
        and lines.value is not distinct from figures.value
        and lines.previous_value is not distinct from figures.previous_value
        and lines.rate is not distinct from figures.rate
where
    lines.value is not null
    and figures.source is null
