-- Sensitive indicators that are a part of a sensitive one, and the name of what is left of the whole beside
-- them. Where a proportion of the two is an indicator itself, its rest is the same number.
with

indicators as (
    select * from {{ ref('int_indicators') }}
)

select
    parts.indicator_id as part_indicator_id,
    wholes.indicator_id as whole_indicator_id,
    parts.indicator_id || ' (rest)' as quantity_id
from indicators as parts
inner join indicators as wholes
    on parts.parent_indicator_id = wholes.indicator_id
left join indicators as proportions
    on
        parts.indicator_id = proportions.numerator_indicator_id
        and wholes.indicator_id = proportions.denominator_indicator_id
where
    parts.is_sensitive
    and wholes.is_sensitive
    and proportions.indicator_id is null
