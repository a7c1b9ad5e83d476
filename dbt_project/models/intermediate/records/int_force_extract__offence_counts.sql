-- Portable SQL (tag: records). Records of a force's extract by load, month, area, indicator, offence code
-- and outcome: what severity and outcomes are counted from.
with

located as (
    select * from {{ ref('int_force_extract__located') }}
),

indicators as (
    select * from {{ ref('int_force_extract__indicators') }}
),

records as (
    select * from {{ ref('stg_force_extract__records') }}
),

counted as (
    select
        located.load_id,
        located.scope,
        located.month,
        located.area_code,
        located.force_code,
        indicators.indicator_id,
        upper(located.offence_code) as offence_code,
        lower(trim(records.outcome)) as outcome_word,
        count(*) as records
    from located
    inner join indicators
        on
            located.load_id = indicators.load_id
            and located.row_number = indicators.row_number
    inner join records
        on
            located.load_id = records.load_id
            and located.row_number = records.row_number
    group by
        located.load_id,
        located.scope,
        located.month,
        located.area_code,
        located.force_code,
        indicators.indicator_id,
        upper(located.offence_code),
        lower(trim(records.outcome))
),

both_ways as (
    {{ by_place_and_by_force(
        'counted', ['load_id', 'scope', 'month', 'indicator_id', 'offence_code', 'outcome_word', 'records']
    ) }}
)

select
    load_id,
    scope,
    month,
    area_code,
    indicator_id,
    offence_code,
    outcome_word,
    sum(records) as records
from both_ways
group by
    load_id,
    scope,
    month,
    area_code,
    indicator_id,
    offence_code,
    outcome_word
