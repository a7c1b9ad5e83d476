with

revisions as (
    select * from {{ ref('int_revisions') }}
)

select
    source,
    indicator_id,
    indicator_name,
    unit,
    area_code,
    area_name,
    area_type,
    period_type,
    period_label,
    period_start,
    period_end,
    vintage_number,
    {{ unless_withheld([
        'first_figure',
        'figure',
        'current_figure',
        'change_from_first',
        'change_from_first_pct',
        'change_from_previous_vintage',
    ]) }},
    days_after_period_end,
    is_current,
    is_withheld as is_suppressed,
    extract_date
from revisions
