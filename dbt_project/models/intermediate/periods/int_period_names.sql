-- How each period and the one that it is compared with are written in a sentence.
with

periods as (
    select * from {{ ref('int_periods') }}
),

dated as (
    select
        *,
        cast(period_start - interval 1 year as date) as previous_start,
        last_day(cast(period_end - interval 1 year as date)) as previous_end,
        strftime(period_end, '%B %Y') as last_month,
        year(period_start) = year(period_end) as is_in_one_year
    from periods
)

select
    period_type,
    period_label,
    period_start,
    period_end,
    months_expected as months,
    {{ financial_year_label('financial_year') }} as financial_year,
    previous_start,
    previous_end,
    case period_type
        when 'financial_year' then 'in ' || period_label
        when 'calendar_year' then 'in ' || period_label
        when 'rolling_12' then 'in the 12 months to ' || last_month
        else
            case
                when months_expected = 1 then 'in ' || last_month
                when is_in_one_year
                    then 'between ' || strftime(period_start, '%B') || ' and ' || last_month
                else 'between ' || strftime(period_start, '%B %Y') || ' and ' || last_month
            end
    end as period_in_words,
    case period_type
        when 'financial_year' then 'in ' || {{ financial_year_label('(financial_year - 1)') }}
        when 'calendar_year' then 'in ' || cast(year(previous_end) as varchar)
        when 'rolling_12' then 'in the 12 months before'
        else
            case
                when months_expected = 1 then 'in ' || strftime(previous_end, '%B %Y')
                when is_in_one_year
                    then 'in the same months of ' || cast(year(previous_end) as varchar)
                else 'in the same months a year before'
            end
    end as previous_in_words
from dated
