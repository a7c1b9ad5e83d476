-- The last five years at every complete year: their values, years counted from the last (-4 to 0), and
-- the standard error of each. Financial and calendar years, which do not overlap; never rolling or
-- monthly values.
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

-- a rate where there is a denominator, else the count; a proportion as a share of 1
years as (
    select
        period_rates.source,
        period_rates.indicator_id,
        period_rates.area_code,
        areas.force_code,
        period_rates.period_type,
        period_rates.period_label,
        period_rates.period_start,
        period_rates.period_end,
        period_rates.end_month_number,
        period_rates.value_kind,
        case
            when period_rates.value_kind = 'proportion' then 'per cent'
            when period_rates.rate is not null and period_rates.value_kind = 'count' then 'rate'
            else 'value'
        end as measure,
        coalesce(period_rates.rate, period_rates.value) as value,
        period_rates.numerator,
        case
            when period_rates.value_kind = 'proportion' then period_rates.denominator
        end as denominator,
        -- the width of a 95 % interval is 2 x 1.96 standard errors
        (
            case
                when period_rates.rate_upper is not null
                    then period_rates.rate_upper - period_rates.rate_lower
                when period_rates.value_kind = 'count'
                    then poisson_upper(period_rates.value) - poisson_lower(period_rates.value)
            end
        ) / (2 * 1.959963984540054) as standard_error
    from period_rates
    inner join areas
        on period_rates.area_code = areas.area_code
    where
        period_rates.period_type in ('financial_year', 'calendar_year')
        and period_rates.is_complete
        and period_rates.value is not null
),

windows as (
    select
        last_year.source,
        last_year.indicator_id,
        last_year.area_code,
        last_year.period_type,
        last_year.period_end,
        member.period_label,
        member.period_start,
        member.value_kind,
        member.measure,
        member.value,
        member.numerator,
        member.denominator,
        member.standard_error,
        (member.end_month_number - last_year.end_month_number) // 12 as year
    from years as last_year
    inner join years as member
        on
            {{ same_series('last_year', 'member') }}
            and last_year.period_type = member.period_type
            and member.end_month_number <= last_year.end_month_number
            and member.end_month_number > last_year.end_month_number - 60
),

broken as (
    select distinct
        years.source,
        years.indicator_id,
        years.area_code,
        years.period_type,
        years.period_end
    from years
    inner join breaks
        on
            -- after the first day of the first of the five years: within the window
            breaks.break_date > years.period_start - interval 4 year
            and breaks.break_date <= years.period_end
            and {{ concerns_series('breaks', 'years') }}
)

select
    windows.source,
    windows.indicator_id,
    windows.area_code,
    windows.period_type,
    windows.period_end,
    windows.period_label,
    windows.period_start,
    windows.value_kind,
    windows.measure,
    windows.value,
    windows.numerator,
    windows.denominator,
    windows.standard_error,
    cast(windows.year as bigint) as year,
    broken.source is not null as has_break
from windows
left join broken
    on {{ same_figure('windows', 'broken') }}
