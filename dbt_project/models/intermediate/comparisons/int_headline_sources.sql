-- Which source speaks for an indicator in an area: the one of its newest complete figure, which is another
-- than the first of the rule where the first is withheld.
with

headline_figures as (
    select * from {{ ref('int_headline_figures') }}
),

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

ordered as (
    select
        headline_figures.source,
        headline_figures.indicator_id,
        headline_figures.area_code,
        row_number() over (
            partition by headline_figures.indicator_id, headline_figures.area_code
            order by
                indicator_values.is_complete desc,
                headline_figures.period_end desc,
                {{ headline_period_order('headline_figures.period_type') }}
        ) as choice
    from headline_figures
    inner join indicator_values
        on {{ same_figure('headline_figures', 'indicator_values') }}
)

select
    source,
    indicator_id,
    area_code
from ordered
where choice = 1
