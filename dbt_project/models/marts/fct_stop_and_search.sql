with

searches as (
    select * from {{ ref('int_force_searches') }}
)

select
    source,
    force_code,
    force_name,
    period_type,
    period_label,
    period_start,
    period_end,
    breakdown,
    category,
    searches,
    searches_with_linked_outcome,
    extract_date
from searches
