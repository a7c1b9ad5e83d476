-- Denominators that a source brings with its counts: they win over ours for its own rows, so that its
-- rates come out as it publishes them. A source adds a select here. NULL: the source gives no rate.
with

ons_pfa_tables as (
    select * from {{ ref('int_ons_pfa_tables__denominators') }}
),

-- an edition's denominators serve its own year; the year before, for which the edition gives none,
-- is measured against the same ones unless an edition of that year has landed
served_years as (
    select
        *,
        edition_end as period_end,
        0 as years_back
    from ons_pfa_tables
    union all
    select
        *,
        last_day(edition_end - interval 1 year) as period_end,
        1 as years_back
    from ons_pfa_tables
),

ranked as (
    select
        *,
        row_number() over (
            partition by area_code, population_kind, period_end
            order by years_back, extract_date desc, load_id desc
        ) as place
    from served_years
)

select
    'ons_pfa_tables' as source,
    area_code,
    population_kind,
    cast(last_day(period_end - interval 1 year) + interval 1 day as date) as period_start,
    period_end,
    population_year,
    population
from ranked
where place = 1
