{#- Figures that are summed from months alone, in every period that they reach. -#}

{#- A year to date or a rolling year is a row only where its last month is known. -#}
{% macro is_known_to_its_end(last_known) -%}
    (
        period_type not in ('ytd', 'rolling_12')
        or {{ last_known }} = period_end
    )
{%- endmacro %}

{#- The query of a model that sums `monthly` (a model with a row a month of each `series`) into periods:
    `sums` says how each column is summed, and those of `compared` are also given of the same months a year
    before (`previous_…`) where both periods are complete. -#}
{% macro sums_by_period(monthly, series, sums, compared) -%}
with

monthly as (
    select * from {{ monthly }}
),

period_months as (
    select * from {{ ref('int_period_months') }}
),

summed as (
    select
        {% for column in series -%}
        monthly.{{ column }},
        {% endfor -%}
        period_months.period_type,
        period_months.period_label,
        period_months.period_start,
        period_months.period_end,
        period_months.end_month_number,
        period_months.months_expected,
        cast(count(*) as bigint) as months_supplied,
        {% for column, sum in sums.items() -%}
        {{ sum }} as {{ column }},
        {% endfor -%}
        last_day(max(monthly.month)) as last_known
    from monthly
    inner join period_months
        on monthly.month = period_months.month
    group by all
),

current_periods as (
    select
        * exclude (last_known),
        months_supplied = months_expected as is_complete
    from summed
    where {{ is_known_to_its_end('last_known') }}
)

select
    current_periods.* exclude (end_month_number),
    {% for column in compared -%}
    year_before.{{ column }} as previous_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from current_periods
left join current_periods as year_before
    on
        {% for column in series -%}
        current_periods.{{ column }} = year_before.{{ column }}
        and {% endfor -%}
        current_periods.period_type = year_before.period_type
        and current_periods.end_month_number = year_before.end_month_number + 12
        -- both are complete; a condition on one side alone would compare all pairs of rows
        and current_periods.is_complete = year_before.is_complete
        and year_before.is_complete
{%- endmacro %}
