-- The true figures, before small numbers are withheld: private, never published.
with

comparisons as (
    select * from {{ ref('int_period_comparisons') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

breaks as (
    select * from {{ ref('int_period_breaks') }}
),

targets as (
    select * from {{ ref('int_targets') }}
),

described as (
    select
        comparisons.*,
        indicators.indicator_name,
        indicators.theme,
        indicators.unit,
        indicators.polarity,
        areas.area_name,
        areas.area_type,
        areas.force_code,
        breaks.break_note,
        breaks.baseline_break_note,
        targets.target_value
    from comparisons
    inner join indicators
        on comparisons.indicator_id = indicators.indicator_id
    inner join areas
        on comparisons.area_code = areas.area_code
    left join breaks
        on {{ same_figure('comparisons', 'breaks') }}
    left join targets
        on
            comparisons.area_code = targets.area_code
            and comparisons.indicator_id = targets.indicator_id
            and comparisons.period_type = targets.period_type
            and comparisons.period_end = targets.period_end
)

select
    *,
    case
        when significance is null or break_note is not null then null
        when significance = 'no clear change' then 'same'
        when polarity = 'neutral' then 'changed'
        when (significance = 'lower') = (polarity = 'lower_is_better') then 'better'
        else 'worse'
    end as direction_of_travel,
    case
        when target_value is null or not is_complete or polarity = 'neutral' then 'grey'
        when polarity = 'lower_is_better' and value <= target_value then 'green'
        when polarity = 'lower_is_better' and value <= target_value * 1.05 then 'amber'
        when polarity = 'higher_is_better' and value >= target_value then 'green'
        when polarity = 'higher_is_better' and value >= target_value * 0.95 then 'amber'
        else 'red'
    end as rag
from described
