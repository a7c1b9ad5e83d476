-- Grant lines in force: of each area, grant and period everything from the newest document that gives it, so
-- that a line that a newer one leaves out is gone.
with

lines as (
    select * from {{ ref('stg_grant__lines') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

located as (
    select
        lines.*,
        spellings.area_code,
        dense_rank() over (
            partition by
                spellings.area_code, lower(lines.grant_name), lines.period_start, lines.period_end
            order by lines.extract_date desc, lines.load_id desc
        ) as vintage_rank
    from lines
    inner join spellings
        on {{ folded_name('lines.area_as_written') }} = spellings.spelling
),

-- two sheets of one document may repeat a line: it counts once
once as (
    select
        *,
        row_number() over (
            partition by
                area_code, lower(grant_name), period_start, period_end, is_total, lower(budget_line)
            order by row_number desc
        ) as repeat_rank
    from located
    where vintage_rank = 1
)

select
    area_code,
    period_label,
    period_start,
    period_end,
    {{ financial_year_of('period_end') }} as financial_year,
    {{ month_number('period_end') }} - {{ month_number('period_start') }} = 11 as is_whole_year,
    is_total,
    grant_name,
    funder,
    priority,
    provider,
    budget_line,
    allocation,
    spend,
    forecast,
    carry_forward_in,
    outcomes,
    outcome_unit,
    source_document,
    extract_date
from once
where repeat_rank = 1
