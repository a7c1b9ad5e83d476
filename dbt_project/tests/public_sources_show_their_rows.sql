-- A failing row is a supplied period of a public source whose rows are not shown or do not add up.
-- The rows of a restricted source are withheld: a list of cases has as many rows as cases.
with

coverage as (
    select * from {{ ref('rpt_coverage') }}
),

sources as (
    select * from {{ ref('sources') }}
)

select
    coverage.source,
    coverage.scope,
    coverage.period_start,
    coverage.rows_read
from coverage
inner join sources
    on coverage.source = sources.source
where
    coverage.is_supplied
    and sources.is_public
    and not coalesce(coverage.rows_read = coverage.rows_loaded + coverage.rows_rejected, false)
