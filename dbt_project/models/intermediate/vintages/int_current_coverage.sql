with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

-- the newest extract wins, whatever the order of arrival; landing refuses two extracts of one date
ranked as (
    select
        load_id,
        source,
        dataset,
        extract_date,
        scope,
        indicator_id,
        period_start,
        period_end,
        row_number() over (
            partition by source, dataset, scope, indicator_id, period_start, period_end
            order by extract_date desc, load_id desc
        ) as vintage_rank
    from coverage
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
