with

source as (
    select * from {{ source('landing', 'grant_lines') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        loads.extract_date,
        source.area as area_as_written,
        source.period as period_label,
        {{ financial_period_start('source.period') }} as period_start,
        {{ financial_period_end('source.period') }} as period_end,
        source.line_type = 'total' as is_total,
        coalesce(source.grant_name, 'Grant') as grant_name,
        source.funder,
        source.priority,
        source.provider,
        source.budget_line,
        source.allocation,
        source.spend,
        source.forecast,
        source.carry_forward_in,
        source.outcomes,
        source.outcome_unit,
        source.source_document
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
