-- The months that charts are drawn of: complete months of counts in partnerships and forces, numbered
-- by segment (a break restarts the chart) and by stretch (a missing month interrupts every run).
with

period_values as (
    select * from {{ ref('int_period_values') }}
),

areas as (
    select * from {{ ref('areas') }}
),

breaks as (
    select * from {{ ref('int_breaks') }}
),

months as (
    select
        period_values.source,
        period_values.indicator_id,
        period_values.area_code,
        areas.force_code,
        period_values.period_label,
        period_values.period_start as month,
        period_values.period_end,
        period_values.end_month_number as month_number,
        period_values.value
    from period_values
    inner join areas
        on period_values.area_code = areas.area_code
    where
        period_values.period_type = 'month'
        and period_values.is_complete
        and period_values.value_kind = 'count'
        and period_values.value is not null
        and areas.area_type in ('csp', 'force')
),

series as (
    select distinct
        source,
        indicator_id,
        area_code,
        force_code
    from months
),

-- the month in which a break falls is already counted in part by the new rules
series_breaks as (
    select
        series.source,
        series.indicator_id,
        series.area_code,
        cast(date_trunc('month', breaks.break_date) as date) as break_month,
        string_agg(distinct breaks.break_note, '; ' order by breaks.break_note) as break_note
    from series
    inner join breaks
        on {{ concerns_series('breaks', 'series') }}
    group by
        series.source,
        series.indicator_id,
        series.area_code,
        break_month
),

-- the last break at or before each month names its segment
segmented as (
    select
        months.source,
        months.indicator_id,
        months.area_code,
        months.period_label,
        months.month,
        months.period_end,
        months.month_number,
        months.value,
        series_breaks.break_month,
        series_breaks.break_note
    from months
    asof left join series_breaks
        on
            {{ same_series('months', 'series_breaks') }}
            and months.month >= series_breaks.break_month
),

numbered as (
    select
        *,
        dense_rank() over (
            partition by source, indicator_id, area_code
            order by break_month nulls first
        ) as segment
    from segmented
)

select
    source,
    indicator_id,
    area_code,
    period_label,
    month,
    period_end,
    month_number,
    value,
    cast(segment as bigint) as segment,
    break_note,
    min(month) over segment_window as segment_start,
    month_number - row_number() over (segment_window order by month_number) as stretch
from numbered
window
    segment_window as (partition by source, indicator_id, area_code, segment)
