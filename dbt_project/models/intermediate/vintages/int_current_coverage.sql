-- The newest extract wins for a source, scope, indicator and period, whatever the order of arrival
-- (landing refuses two extracts of one date that differ).
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

named as (
    select
        coverage.load_id,
        coverage.source,
        coverage.dataset,
        coverage.extract_date,
        coverage.scope,
        coverage.period_start,
        coverage.period_end,
        coalesce(source_indicators.indicator_id, coverage.indicator_id) as indicator_id
    from coverage
    left join source_indicators
        on
            coverage.indicator_id = '*'
            and coverage.source = source_indicators.source
            and coverage.dataset = source_indicators.dataset
),

ranked as (
    select
        *,
        row_number() over (
            partition by source, dataset, scope, indicator_id, period_start, period_end
            order by extract_date desc, load_id desc
        ) as vintage_rank
    from named
)

select
    load_id,
    source,
    dataset,
    extract_date,
    scope,
    indicator_id,
    period_start,
    period_end
from ranked
where vintage_rank = 1
