-- Outcomes by period, with the year before.
with

outcomes as (
    select * from {{ ref('int_outcomes_by_month') }}
),

period_months as (
    select * from {{ ref('int_period_months') }}
),

summed as (
    select
        outcomes.source,
        outcomes.basis,
        outcomes.indicator_id,
        outcomes.area_code,
        period_months.period_type,
        period_months.period_label,
        period_months.period_start,
        period_months.period_end,
        period_months.end_month_number,
        period_months.months_expected,
        cast(count(*) as bigint) as months_supplied,
        max(outcomes.month) as last_month,
        cast(sum(outcomes.crimes) as bigint) as crimes,
        cast(sum(outcomes.crimes_with_outcome) as bigint) as crimes_with_outcome,
        cast(sum(outcomes.decided) as bigint) as decided,
        cast(sum(outcomes.positive) as bigint) as positive
    from outcomes
    inner join period_months
        on outcomes.month = period_months.month
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
    year_before.crimes_with_outcome as previous_crimes_with_outcome,
    year_before.positive as previous_positive
from current_periods
left join current_periods as year_before
    on
        current_periods.source = year_before.source
        and current_periods.basis = year_before.basis
        and current_periods.indicator_id = year_before.indicator_id
        and current_periods.area_code = year_before.area_code
        and current_periods.period_type = year_before.period_type
        and current_periods.end_month_number = year_before.end_month_number + 12
        and current_periods.is_complete = year_before.is_complete
        and year_before.is_complete
