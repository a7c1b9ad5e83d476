{{ config(materialized = 'view') }}
-- A view: the checks of the finished marts are written after the build and read when publishing.
with

results as (
    select * from {{ ref('stg_checks__results') }}
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

-- "1 of 4 rows rejected" of a list of cases says that there were three
judged as (
    select
        results.*,
        results.stage in ('build', 'mart') or public_sources.source is not null as is_shown
    from results
    left join public_sources
        on results.subject = public_sources.source
)

select
    check_id,
    stage,
    tool,
    subject,
    description,
    severity,
    status,
    case when is_shown then observed else 'kept private' end as observed,
    expected,
    case when is_shown then unexpected_count end as unexpected_count
from judged
