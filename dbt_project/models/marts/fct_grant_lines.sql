with

lines as (
    select * from {{ ref('int_grant__period_lines') }}
),

areas as (
    select * from {{ ref('areas') }}
),

-- the same period of the year before, line by line (by name) and in total
compared as (
    select
        lines.*,
        previous.allocation as previous_allocation
    from lines
    left join lines as previous
        on
            lines.area_code = previous.area_code
            and lower(lines.grant_name) = lower(previous.grant_name)
            and lines.is_total = previous.is_total
            and lower(lines.budget_line) = lower(previous.budget_line)
            and lines.is_whole_year = previous.is_whole_year
            and {{ month_number('lines.period_end') }} - 12 = {{ month_number('previous.period_end') }}
),

-- a year that was not reduced, or has no year before it, ends the count of reductions in a row
runs as (
    select
        *,
        coalesce(allocation < previous_allocation, false) as is_reduced,
        count(*) filter (where allocation is null or previous_allocation is null or allocation >= previous_allocation)
            over (
                partition by
                    area_code, lower(grant_name), is_total, lower(budget_line), is_whole_year,
                    month(period_end)
                order by period_end
            ) as run
    from compared
)

select
    runs.area_code,
    areas.area_name,
    runs.period_label,
    runs.period_start,
    runs.period_end,
    runs.is_whole_year,
    runs.grant_name,
    runs.funder,
    runs.priority,
    runs.provider,
    runs.budget_line,
    runs.is_total,
    runs.allocation,
    runs.carry_forward_in,
    runs.allocation + coalesce(runs.carry_forward_in, 0) as available,
    runs.spend,
    runs.spend_to_date,
    runs.forecast,
    runs.allocation + coalesce(runs.carry_forward_in, 0) - runs.spend_to_date as underspend,
    runs.allocation + coalesce(runs.carry_forward_in, 0) - runs.forecast as forecast_underspend,
    runs.outcomes,
    runs.outcome_unit,
    case when runs.outcomes > 0 then runs.spend / runs.outcomes end as cost_per_outcome,
    runs.previous_allocation,
    runs.allocation - runs.previous_allocation as allocation_change,
    {{ percent_change('runs.allocation', 'runs.previous_allocation') }} as allocation_change_pct,
    cast(
        count(*) filter (where runs.is_reduced) over (
            partition by
                runs.area_code,
                lower(runs.grant_name),
                runs.is_total,
                lower(runs.budget_line),
                runs.is_whole_year,
                month(runs.period_end),
                runs.run
            order by runs.period_end
        ) as bigint
    ) as years_reduced_in_a_row,
    runs.lines_sum,
    runs.stated_total,
    runs.stated_total - runs.lines_sum as sum_differs_by,
    -- pennies are rounded in documents; half a penny is none
    abs(runs.stated_total - runs.lines_sum) >= 0.005 as sum_differs,
    runs.source_document,
    runs.extract_date
from runs
inner join areas
    on runs.area_code = areas.area_code
