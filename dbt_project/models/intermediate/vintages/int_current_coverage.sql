-- The newest extract wins for a source, scope, indicator and period, whatever the order of arrival
-- (landing refuses two extracts of one date that differ). A load that names what it covers covers an own
-- indicator where it covers every indicator by which that is known (int_own_indicator_witnesses).
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

source_indicators as (
    select * from {{ ref('int_source_indicators') }}
),

own_witnesses as (
    select
        *,
        count(*) over (partition by source, dataset, indicator_id) as witnesses
    from {{ ref('int_own_indicator_witnesses') }}
),

as_supplied as (
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

of_own_indicators as (
    select
        as_supplied.load_id,
        as_supplied.source,
        as_supplied.dataset,
        as_supplied.extract_date,
        as_supplied.scope,
        as_supplied.period_start,
        as_supplied.period_end,
        own_witnesses.indicator_id
    from as_supplied
    inner join own_witnesses
        on
            as_supplied.source = own_witnesses.source
            and as_supplied.dataset = own_witnesses.dataset
            and as_supplied.indicator_id = own_witnesses.witness_indicator_id
    group by all
    having count(distinct as_supplied.indicator_id) = min(own_witnesses.witnesses)
),

named as (
    select * from as_supplied
    union
    select * from of_own_indicators
),

ranked as (
    select
        *,
        {{ vintage_rank(
            ['source', 'dataset', 'scope', 'indicator_id', 'period_start', 'period_end']
        ) }} as vintage_rank
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
