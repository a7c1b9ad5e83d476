-- A failing row is a count greater than that of the indicator it is part of, of one source, area and
-- period. Only of sources that count records or cases themselves: partners state what they state.
select
    part.source,
    part.indicator_id,
    part.area_code,
    part.period_start,
    part.period_end,
    part.numerator,
    whole.numerator as numerator_of_parent
from {{ ref('int_observations') }} as part
inner join {{ ref('int_indicators') }} as indicators
    on part.indicator_id = indicators.indicator_id
inner join {{ ref('int_observations') }} as whole
    on
        part.source = whole.source
        and indicators.parent_indicator_id = whole.indicator_id
        and part.area_code = whole.area_code
        and part.period_start = whole.period_start
        and part.period_end = whole.period_end
where
    part.source in (
        'police_uk', 'force_extract', 'asb', 'marac', 'recorded_crime_open_data', 'ons_pfa_tables'
    )
    and part.numerator > whole.numerator
