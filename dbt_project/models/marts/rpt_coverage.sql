with

coverage as (
    select * from {{ ref('int_coverage') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

scope_areas as (
    select distinct scope
    from {{ ref('int_scope_areas') }}
),

described as (
    select
        coverage.* exclude (scope),
        public_sources.source is not null as is_public,
        -- a supplier can have written anything where an area should stand
        case
            when public_sources.source is not null or scope_areas.scope is not null
                then coverage.scope
            else 'not an area (' || dense_rank() over (
                    partition by public_sources.source is null and scope_areas.scope is null
                    order by coverage.scope
                ) || ')'
        end as scope
    from coverage
    left join public_sources
        on coverage.source = public_sources.source
    left join scope_areas
        on coverage.scope = scope_areas.scope
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
    areas_not_in_file,
    is_synthetic
from described
