-- Severity by period, with the year before.
with

harm as (
    select * from {{ ref('int_harm_by_month') }}
),

period_months as (
    select * from {{ ref('int_period_months') }}
),

summed as (
    select
        harm.scheme,
        harm.source,
        harm.indicator_id,
        harm.area_code,
        period_months.period_type,
        period_months.period_label,
        period_months.period_start,
        period_months.period_end,
        period_months.end_month_number,
        period_months.months_expected,
        cast(count(*) as bigint) as months_supplied,
        max(harm.month) as last_month,
        cast(sum(harm.records) as bigint) as records,
        cast(sum(harm.weighted_records) as bigint) as weighted_records,
        sum(harm.severity order by harm.month) as severity
    from harm
    inner join period_months
        on harm.month = period_months.month
    group by all
),

current_periods as (
    select
        *,
        months_supplied = months_expected as is_complete
    from summed
    where
        period_type not in ('ytd', 'rolling_12')
        or last_day(last_month) = period_end
)

select
    current_periods.* exclude (end_month_number, last_month),
    year_before.severity as previous_severity,
    year_before.records as previous_records
from current_periods
left join current_periods as year_before
    on
        current_periods.scheme = year_before.scheme
        and {{ same_series('current_periods', 'year_before') }}
        and current_periods.period_type = year_before.period_type
        and current_periods.end_month_number = year_before.end_month_number + 12
        and current_periods.is_complete = year_before.is_complete
        and year_before.is_complete
