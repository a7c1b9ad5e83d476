with

coverage as (
    select * from {{ ref('int_coverage') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

described as (
    select
        coverage.*,
        public_sources.source is not null as is_public
    from coverage
    left join public_sources
        on coverage.source = public_sources.source
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
    -- a restricted list has as many rows as it has people or offences
    case when is_public then rows_read end as rows_read,
    case when is_public then rows_loaded end as rows_loaded,
    case when is_public then rows_rejected end as rows_rejected,
    is_synthetic
from described
