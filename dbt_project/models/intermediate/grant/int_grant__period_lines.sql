-- Each period's lines and one total of each grant: the stated one, else the lines' sum, with what the lines sum to
-- beside it. Allocation and carry-forward are a year's: a quarter that does not repeat them has those of
-- the year's document, else of the last quarter up to its own that gave them. A forecast is made again
-- each quarter: one that gives none has the last before it, never the one that the year ended with.
with

lines as (
    select * from {{ ref('int_grant__current_lines') }}
),

sums as (
    select * from {{ ref('int_grant__line_sums') }}
),

stated as (
    select *
    from lines
    where is_total
    qualify row_number() over (
            partition by area_code, lower(grant_name), period_start, period_end
            order by lower(budget_line)
        ) = 1
),

totals as (
    select
        coalesce(stated.area_code, sums.area_code) as area_code,
        coalesce(stated.grant_name, sums.grant_name) as grant_name,
        coalesce(stated.funder, sums.funder) as funder,
        cast(null as varchar) as priority,
        stated.provider,
        coalesce(stated.period_label, sums.period_label) as period_label,
        coalesce(stated.period_start, sums.period_start) as period_start,
        coalesce(stated.period_end, sums.period_end) as period_end,
        coalesce(stated.financial_year, sums.financial_year) as financial_year,
        coalesce(stated.is_whole_year, sums.is_whole_year) as is_whole_year,
        true as is_total,
        'Total' as budget_line,
        coalesce(stated.allocation, sums.allocation) as allocation,
        coalesce(stated.spend, sums.spend) as spend,
        coalesce(stated.forecast, sums.forecast) as forecast,
        coalesce(stated.carry_forward_in, sums.carry_forward_in) as carry_forward_in,
        stated.outcomes,
        stated.outcome_unit,
        sums.allocation as lines_sum,
        stated.allocation as stated_total,
        coalesce(stated.source_document, sums.source_document) as source_document,
        coalesce(stated.extract_date, sums.extract_date) as extract_date
    from stated
    full join sums
        on
            stated.area_code = sums.area_code
            and lower(stated.grant_name) = sums.grant_key
            and stated.period_start = sums.period_start
            and stated.period_end = sums.period_end
),

all_lines as (
    select * from totals
    union all by name
    select *
    from lines
    where not is_total
),

of_the_year as (
    select
        *,
        {% for amount in ['allocation', 'carry_forward_in'] -%}
        max({{ amount }}) filter (where is_whole_year) over year_lines as year_{{ amount }},
        last_value({{ amount }} ignore nulls) over up_to_now as last_{{ amount }},
        {% endfor -%}
        last_value(forecast ignore nulls) over up_to_now as last_forecast,
        sum(spend) filter (where not is_whole_year) over up_to_now as quarters_spend,
        count(spend) filter (where not is_whole_year) over up_to_now as quarters_with_spend
    from all_lines
    window
        year_lines as (
            partition by area_code, lower(grant_name), financial_year, is_total, lower(budget_line)
        ),
        up_to_now as (
            year_lines
            order by period_end, is_whole_year
            rows between unbounded preceding and current row
        )
),

filled as (
    select
        area_code,
        period_label,
        period_start,
        period_end,
        financial_year,
        is_whole_year,
        is_total,
        grant_name,
        funder,
        priority,
        provider,
        budget_line,
        case when is_whole_year then allocation else coalesce(allocation, year_allocation, last_allocation) end
            as allocation,
        case
            when is_whole_year then carry_forward_in
            else coalesce(carry_forward_in, year_carry_forward_in, last_carry_forward_in)
        end as carry_forward_in,
        case when is_whole_year then forecast else coalesce(forecast, last_forecast) end as forecast,
        spend,
        -- the year's own figure, else its quarters from the first on; a quarter left out leaves it unknown
        case
            when is_whole_year and spend is not null then spend
            when
                quarters_with_spend
                = ({{ month_number('period_end') }} - {{ month_number('make_date(financial_year, 4, 1)') }} + 1) // 3
                then quarters_spend
        end as spend_to_date,
        outcomes,
        outcome_unit,
        lines_sum,
        stated_total,
        source_document,
        extract_date
    from of_the_year
),

-- the same period of the year before, line by line (by name) and in total
compared as (
    select
        filled.*,
        filled.allocation + coalesce(filled.carry_forward_in, 0) as available,
        previous.allocation as previous_allocation,
        coalesce(filled.allocation < previous.allocation, false) as is_reduced
    from filled
    left join filled as previous
        on
            filled.area_code = previous.area_code
            and lower(filled.grant_name) = lower(previous.grant_name)
            and filled.is_total = previous.is_total
            and lower(filled.budget_line) = lower(previous.budget_line)
            and filled.is_whole_year = previous.is_whole_year
            and {{ month_number('filled.period_end') }} - 12 = {{ month_number('previous.period_end') }}
),

-- a year that was not reduced, or has no year before it, ends the count of reductions in a row
runs as (
    select
        *,
        count(*) filter (where not is_reduced) over (
            partition by
                area_code, lower(grant_name), is_total, lower(budget_line), is_whole_year,
                month(period_end)
            order by period_end
        ) as run
    from compared
)

select
    * exclude (is_reduced, run),
    available - spend_to_date as underspend,
    available - forecast as forecast_underspend,
    -- a correction of an earlier quarter can make the spend negative: no outcome costs less than nothing
    case when outcomes > 0 and spend >= 0 then spend / outcomes end as cost_per_outcome,
    allocation - previous_allocation as allocation_change,
    {{ percent_change('allocation', 'previous_allocation') }} as allocation_change_pct,
    cast(
        count(*) filter (where is_reduced) over (
            partition by
                area_code, lower(grant_name), is_total, lower(budget_line), is_whole_year,
                month(period_end), run
            order by period_end
        ) as bigint
    ) as years_reduced_in_a_row,
    stated_total - lines_sum as sum_differs_by,
    -- pennies are rounded in documents; half a penny is none
    abs(stated_total - lines_sum) >= 0.005 as sum_differs
from runs
