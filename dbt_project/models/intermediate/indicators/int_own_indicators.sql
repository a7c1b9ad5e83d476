-- The own indicators in force: of each the newest declaration, unless that withdraws it. One that the
-- project has come to have under the same id is the project's.
with

declared as (
    select * from {{ ref('stg_indicators__own_indicators') }}
),

seeded as (
    select * from {{ ref('indicators') }}
),

ranked as (
    select
        *,
        {{ vintage_rank(['indicator_id'], within_load=true) }} as vintage_rank
    from declared
)

select
    indicator_id,
    indicator_name,
    theme,
    definition,
    unit,
    denominator_kind,
    rate_per,
    polarity,
    is_sensitive,
    is_headline,
    offence_codes,
    markers,
    categories,
    counted_as_one,
    counted_as_many
from ranked
where
    vintage_rank = 1
    and not is_withdrawn
    and indicator_id not in (select seeded.indicator_id from seeded)
