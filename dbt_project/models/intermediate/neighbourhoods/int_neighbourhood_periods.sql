-- Which periods neighbourhoods are shown for: the last twelve months that a partnership's own force
-- supplied, the twelve months to the newest of them, and those to each March.
with

counted_months as (
    select
        source,
        indicator_id,
        area_code as csp_code,
        month
    from {{ ref('int_counted_months') }}
    where
        source = 'police_uk'
        and is_supplied
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

supplied as (
    select counted_months.*
    from counted_months
    inner join home_areas
        on counted_months.csp_code = home_areas.area_code
),

newest as (
    select
        source,
        indicator_id,
        csp_code,
        max(month) as last_month
    from supplied
    group by all
),

chosen as (
    select
        newest.source,
        newest.indicator_id,
        newest.csp_code,
        periods.period_type,
        periods.period_label,
        periods.period_start,
        periods.period_end,
        periods.months_expected
    from newest
    inner join periods
        on
            periods.period_end <= last_day(newest.last_month)
            and (
                (
                    periods.period_type = 'month'
                    and periods.period_start > newest.last_month - interval 12 month
                )
                or (
                    periods.period_type = 'rolling_12'
                    and (
                        periods.period_end = last_day(newest.last_month)
                        or month(periods.period_end) = 3
                    )
                )
            )
)

select
    chosen.source,
    chosen.indicator_id,
    chosen.csp_code,
    chosen.period_type,
    chosen.period_label,
    chosen.period_start,
    chosen.period_end,
    chosen.months_expected,
    count(case when supplied.month >= chosen.period_start then 1 end) as months_supplied,
    count(case when supplied.month < chosen.period_end - interval 1 year then 1 end)
        as months_supplied_before
from chosen
left join supplied
    on
        chosen.source = supplied.source
        and chosen.indicator_id = supplied.indicator_id
        and chosen.csp_code = supplied.csp_code
        and supplied.month between chosen.period_start - interval 1 year and chosen.period_end
group by all
having count(case when supplied.month >= chosen.period_start then 1 end) > 0
