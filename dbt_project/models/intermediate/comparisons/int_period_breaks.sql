-- Breaks that a comparison with the year before crosses, and with the three years before, in words; and notes
-- of times that it touches.
with

period_rates as (
    select * from {{ ref('int_period_rates') }}
),

areas as (
    select * from {{ ref('areas') }}
),

breaks as (
    select * from {{ ref('int_breaks') }}
),

series_notes as (
    select * from {{ ref('series_notes') }}
),

series_periods as (
    select
        period_rates.source,
        period_rates.indicator_id,
        period_rates.area_code,
        areas.force_code,
        period_rates.period_type,
        period_rates.period_start,
        period_rates.period_end
    from period_rates
    inner join areas
        on period_rates.area_code = areas.area_code
),

crossed as (
    select distinct
        series_periods.source,
        series_periods.indicator_id,
        series_periods.area_code,
        series_periods.period_type,
        series_periods.period_end,
        breaks.break_date,
        breaks.break_note,
        breaks.break_date > series_periods.period_start - interval 1 year as is_since_year_before
    from series_periods
    inner join breaks
        on
            breaks.break_date > series_periods.period_start - interval 3 year
            and breaks.break_date <= series_periods.period_end
            and {{ concerns_series('breaks', 'series_periods') }}
    union all
    select distinct
        series_periods.source,
        series_periods.indicator_id,
        series_periods.area_code,
        series_periods.period_type,
        series_periods.period_end,
        series_notes.first_day as break_date,
        series_notes.note as break_note,
        series_notes.last_day >= series_periods.period_start - interval 1 year as is_since_year_before
    from series_periods
    inner join series_notes
        on
            series_notes.last_day >= series_periods.period_start - interval 3 year
            and series_notes.first_day <= series_periods.period_end
            and {{ concerns_series('series_notes', 'series_periods') }}
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_end,
    string_agg(break_note, '; ' order by break_date, break_note) filter (where is_since_year_before)
        as break_note,
    string_agg(break_note, '; ' order by break_date, break_note) as baseline_break_note
from crossed
group by all
