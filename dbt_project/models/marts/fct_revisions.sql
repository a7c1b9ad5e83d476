with

vintages as (
    select * from {{ ref('int_figure_vintages') }}
),

indicators as (
    select * from {{ ref('indicators') }}
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
    group by
        period_start,
        period_end
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
),

judged as (
    select
        compared.*,
        period_names.period_type,
        period_names.period_label,
        not coalesce(sources.is_public, false) and withheld.area_code is not null as is_withheld
    from compared
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
)

select
    judged.source,
    judged.indicator_id,
    indicators.indicator_name,
    indicators.unit,
    judged.area_code,
    areas.area_name,
    areas.area_type,
    judged.period_type,
    judged.period_label,
    judged.period_start,
    judged.period_end,
    judged.vintage_number,
    {{ unless_withheld('judged.first_figure') }} as first_figure,
    {{ unless_withheld('judged.value') }} as figure,
    {{ unless_withheld('judged.current_figure') }} as current_figure,
    {{ unless_withheld('judged.value - judged.first_figure') }} as change_from_first,
    case
        when judged.first_figure <> 0
            then {{ unless_withheld('100.0 * (judged.value - judged.first_figure) / judged.first_figure') }}
    end as change_from_first_pct,
    {{ unless_withheld('judged.value - judged.figure_before') }} as change_from_previous_vintage,
    cast(judged.extract_date - judged.period_end as bigint) as days_after_period_end,
    judged.is_current,
    judged.is_withheld as is_suppressed,
    judged.extract_date
from judged
inner join indicators
    on judged.indicator_id = indicators.indicator_id
inner join areas
    on judged.area_code = areas.area_code
