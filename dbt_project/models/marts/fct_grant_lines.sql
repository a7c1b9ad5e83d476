with

lines as (
    select * from {{ ref('int_grant__period_lines') }}
),

areas as (
    select * from {{ ref('areas') }}
)

select
    lines.area_code,
    areas.area_name,
    lines.period_label,
    lines.period_start,
    lines.period_end,
    lines.is_whole_year,
    lines.grant_name,
    lines.funder,
    lines.priority,
    lines.provider,
    lines.budget_line,
    lines.is_total,
    lines.allocation,
    lines.carry_forward_in,
    lines.available,
    lines.spend,
    lines.spend_to_date,
    lines.forecast,
    lines.underspend,
    lines.forecast_underspend,
    lines.outcomes,
    lines.outcome_unit,
    lines.cost_per_outcome,
    lines.previous_allocation,
    lines.allocation_change,
    lines.allocation_change_pct,
    lines.years_reduced_in_a_row,
    lines.lines_sum,
    lines.stated_total,
    lines.sum_differs_by,
    lines.sum_differs,
    lines.source_document,
    lines.extract_date
from lines
inner join areas
    on lines.area_code = areas.area_code
