-- A failing row is a complete month whose newest vintage is not the figure in force.
select
    vintages.source,
    vintages.indicator_id,
    vintages.area_code,
    vintages.period_end,
    vintages.value as newest_vintage,
    current_values.value as in_force
from {{ ref('int_figure_vintages') }} as vintages
inner join {{ ref('int_indicator_values') }} as current_values
    on
        vintages.source = current_values.source
        and vintages.indicator_id = current_values.indicator_id
        and vintages.area_code = current_values.area_code
        and vintages.period_end = current_values.period_end
        and current_values.period_type = 'month'
        and current_values.is_complete
where vintages.period_start = current_values.period_start
qualify
    vintages.extract_date = max(vintages.extract_date)
        over (
            partition by
                vintages.source,
                vintages.indicator_id,
                vintages.area_code,
                vintages.period_start,
                vintages.period_end
        )
    and vintages.value <> current_values.value
