-- A row is a count of 1 to one below the threshold that is published of a sensitive indicator from a
-- restricted source: withholding failed, and nothing may be published.
select
    indicator_values.source,
    indicator_values.indicator_id,
    indicator_values.area_code,
    indicator_values.period_type,
    indicator_values.period_end
from {{ ref('fct_indicator_values') }} as indicator_values
inner join {{ ref('int_indicators') }} as indicators
    on indicator_values.indicator_id = indicators.indicator_id
left join {{ ref('sources') }} as sources
    on indicator_values.source = sources.source
where
    indicators.is_sensitive
    and indicators.value_kind = 'count'
    and not coalesce(sources.is_public, false)
    and coalesce(indicator_values.value, indicator_values.value_so_far) > 0
    and coalesce(indicator_values.value, indicator_values.value_so_far)
    < {{ var('suppression_threshold') }}
