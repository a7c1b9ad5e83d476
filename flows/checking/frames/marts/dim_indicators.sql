-- One row: counts of what is wrong in dim_indicators.
select
    'dim_indicators' as mart,
    count(*) as rows,
    count(indicator_id) - count(distinct indicator_id) as duplicate_keys,
    count(*) filter (
        where indicator_id is null or indicator_name is null or unit is null or polarity is null
    ) as null_keys,
    count(*) filter (where rate_per <= 0) as rates_per_nothing,
    (
        select count(*)
        from dim_indicators as children
        anti join dim_indicators as parents
            on children.parent_indicator_id = parents.indicator_id
        where children.parent_indicator_id is not null
    ) as parents_unknown,
    count(*) filter (where coalesce(trim(definition), '') = '') as indicators_undefined,
    coalesce(string_agg(distinct polarity, '|' order by polarity), '') as polarities
from dim_indicators
