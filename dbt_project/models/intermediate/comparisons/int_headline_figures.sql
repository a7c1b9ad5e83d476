-- Which source speaks for each figure: the source that speaks for the indicator in the area, and where
-- its figure is withheld, the next one that has the period complete and may show it (a public source).
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

source_order as (
    select * from {{ ref('int_source_order') }}
),

withheld_cells as (
    select * from {{ ref('int_withheld_cells') }}
),

figures as (
    select
        indicator_values.source,
        indicator_values.indicator_id,
        indicator_values.area_code,
        indicator_values.period_type,
        indicator_values.period_end,
        source_order.place,
        indicator_values.is_complete,
        withheld_cells.source is not null as is_withheld
    from indicator_values
    inner join source_order
        on {{ same_series('indicator_values', 'source_order') }}
    left join withheld_cells
        on {{ same_figure('indicator_values', 'withheld_cells') }}
),

judged as (
    select
        *,
        -- whether the figure of the source that speaks for the indicator is withheld
        coalesce(bool_or(place = 1 and is_withheld) over (
            partition by indicator_id, area_code, period_type, period_end
        ), false) as is_first_withheld
    from figures
),

ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, area_code, period_type, period_end
            order by
                (is_first_withheld and is_complete and not is_withheld) desc,
                place
        ) as choice
    from judged
    where
        place = 1
        or (is_first_withheld and is_complete and not is_withheld)
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_end
from ordered
where choice = 1
