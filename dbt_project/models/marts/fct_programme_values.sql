with

programme_values as (
    select * from {{ ref('int_programme_values') }}
)

select
    area_code,
    area_name,
    area_type,
    indicator_id,
    indicator_name,
    unit,
    programme,
    period_start,
    period_end,
    {{ unless_withheld(['value', 'previous_value', 'change']) }},
    source_document,
    is_withheld as is_suppressed,
    extract_date
from programme_values
