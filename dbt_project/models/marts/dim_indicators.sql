with

indicators as (
    select * from {{ ref('int_indicators') }}
)

select
    indicator_id,
    indicator_name,
    theme,
    definition,
    unit,
    value_kind,
    denominator_kind,
    cast(rate_per as bigint) as rate_per,
    polarity,
    is_sensitive,
    is_headline,
    cast(headline_order as bigint) as headline_order,
    parent_indicator_id,
    source_rule,
    numerator_indicator_id,
    denominator_indicator_id,
    is_own
from indicators
