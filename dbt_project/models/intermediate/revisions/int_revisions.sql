-- Every vintage of a figure beside the first one and the current one, true and private. A view, since the
-- mart is all that reads it.
{{ config(materialized='view') }}

with

vintages as (
    select * from {{ ref('int_figure_vintages') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

sources as (
    select * from {{ ref('sources') }}
),

withheld as (
    select * from {{ ref('int_withheld_revisions') }}
),

-- the shortest name that people use for the period: April to March is a year before it is a year to date
period_names as (
    select
        period_start,
        period_end,
        min_by(
            period_type,
            list_position(
                ['month', 'quarter', 'financial_year', 'calendar_year', 'ytd', 'rolling_12'],
                period_type
            )
        ) as period_type,
        min_by(
            period_label,
            list_position(
                ['month', 'quarter', 'financial_year', 'calendar_year', 'ytd', 'rolling_12'],
                period_type
            )
        ) as period_label
    from {{ ref('int_periods') }}
    group by all
),

compared as (
    select
        *,
        row_number() over by_date as vintage_number,
        first_value(value) over by_date as first_figure,
        lag(value) over by_date as figure_before,
        last_value(value) over all_dates as current_figure,
        extract_date = max(extract_date) over all_dates as is_current
    from vintages
    window
        by_date as (
            partition by source, indicator_id, area_code, period_start, period_end
            order by extract_date
        ),
        all_dates as (
            partition by source, indicator_id, area_code, period_start, period_end
            order by extract_date
            rows between unbounded preceding and unbounded following
        )
)

select
    compared.* exclude (value_kind, numerator, denominator, value, figure_before),
    compared.value as figure,
    compared.value - compared.first_figure as change_from_first,
    {{ percent_change('compared.value', 'compared.first_figure') }} as change_from_first_pct,
    compared.value - compared.figure_before as change_from_previous_vintage,
    cast(compared.extract_date - compared.period_end as bigint) as days_after_period_end,
    indicators.indicator_name,
    indicators.unit,
    areas.area_name,
    areas.area_type,
    period_names.period_type,
    period_names.period_label,
    not coalesce(sources.is_public, false) and withheld.area_code is not null as is_withheld
from compared
inner join indicators
    on compared.indicator_id = indicators.indicator_id
inner join areas
    on compared.area_code = areas.area_code
left join sources
    on compared.source = sources.source
left join withheld
    on
        compared.indicator_id = withheld.indicator_id
        and compared.area_code = withheld.area_code
left join period_names
    on
        compared.period_start = period_names.period_start
        and compared.period_end = period_names.period_end
