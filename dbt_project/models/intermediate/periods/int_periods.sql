-- Every period of every type that the observations touch, and those a year before.
with

observations as (
    select * from {{ ref('int_observations') }}
),

bounds as (
    select
        min(date_trunc('month', period_start)) as first_month,
        max(date_trunc('month', period_end)) as last_month
    from observations
),

-- whole financial and calendar years around what was observed
months as (
    select
        cast(unnest(generate_series(
            cast(first_month as timestamp) - interval 24 month,
            cast(last_month as timestamp) + interval 24 month,
            interval 1 month
        )) as date) as month_start
    from bounds
    where first_month is not null
),

dated as (
    select
        month_start,
        last_day(month_start) as month_end,
        {{ financial_year_of('month_start') }} as financial_year,
        cast(year(month_start) as bigint) as calendar_year,
        month(month_start) as month_of_year
    from months
),

month_periods as (
    select
        'month' as period_type,
        strftime(month_start, '%b %Y') as period_label,
        month_start as period_start,
        month_end as period_end
    from dated
),

quarter_periods as (
    select
        'quarter' as period_type,
        {{ financial_year_label('financial_year') }}
        || ' Q'
        || cast((month_of_year + 8) % 12 // 3 + 1 as varchar) as period_label,
        cast(month_start - interval 2 month as date) as period_start,
        month_end as period_end
    from dated
    where month_of_year % 3 = 0
),

ytd_periods as (
    select
        'ytd' as period_type,
        {{ financial_year_label('financial_year') }}
        || ' YTD to '
        || strftime(month_start, '%b') as period_label,
        make_date(financial_year, 4, 1) as period_start,
        month_end as period_end
    from dated
),

rolling_12_periods as (
    select
        'rolling_12' as period_type,
        '12 months to ' || strftime(month_start, '%b %Y') as period_label,
        cast(month_start - interval 11 month as date) as period_start,
        month_end as period_end
    from dated
),

financial_year_periods as (
    select
        'financial_year' as period_type,
        {{ financial_year_label('financial_year') }} as period_label,
        make_date(financial_year, 4, 1) as period_start,
        month_end as period_end
    from dated
    where month_of_year = 3
),

calendar_year_periods as (
    select
        'calendar_year' as period_type,
        cast(calendar_year as varchar) as period_label,
        make_date(calendar_year, 1, 1) as period_start,
        month_end as period_end
    from dated
    where month_of_year = 12
),

all_periods as (
    select * from month_periods
    union all
    select * from quarter_periods
    union all
    select * from ytd_periods
    union all
    select * from rolling_12_periods
    union all
    select * from financial_year_periods
    union all
    select * from calendar_year_periods
)

select
    period_type,
    period_label,
    period_start,
    period_end,
    {{ month_number('period_end') }} - {{ month_number('period_start') }} + 1 as months_expected,
    {{ month_number('period_end') }} as end_month_number,
    {{ financial_year_of('period_end') }} as financial_year
from all_periods
