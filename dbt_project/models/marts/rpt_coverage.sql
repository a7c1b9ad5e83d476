with

coverage as (
    select * from {{ ref('int_coverage') }}
)

select
    source,
    dataset,
    scope,
    indicator_id,
    period_start,
    period_end,
    is_supplied,
    vintages,
    first_extract_date,
    extract_date,
    file,
    rows_read,
    rows_loaded,
    rows_rejected
from coverage
