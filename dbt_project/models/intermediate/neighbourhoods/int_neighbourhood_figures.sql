-- Figures of neighbourhoods as they are published: of complete periods, with the year before and breaks. A
-- view, since the mart is all that reads it.
{{ config(materialized='view') }}

with

neighbourhood_values as (
    select * from {{ ref('int_neighbourhood_values') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

partnerships as (
    select * from {{ ref('areas') }}
    where area_type = 'csp'
),

breaks as (
    select * from {{ ref('int_breaks') }}
),

crossed as (
    select distinct
        neighbourhood_values.source,
        neighbourhood_values.indicator_id,
        neighbourhood_values.csp_code,
        neighbourhood_values.period_type,
        neighbourhood_values.period_end,
        breaks.break_date,
        breaks.break_note
    from neighbourhood_values
    inner join partnerships
        on neighbourhood_values.csp_code = partnerships.area_code
    inner join breaks
        on
            breaks.break_date > neighbourhood_values.period_start - interval 1 year
            and breaks.break_date <= neighbourhood_values.period_end
            and {{ concerns_series('breaks', 'neighbourhood_values', 'partnerships') }}
),

notes as (
    select
        source,
        indicator_id,
        csp_code,
        period_type,
        period_end,
        string_agg(break_note, '; ' order by break_date, break_note) as break_note
    from crossed
    group by all
),

described as (
    select
        neighbourhood_values.*,
        neighbourhood_values.is_complete and neighbourhood_values.is_complete_before as is_comparable,
        indicators.indicator_name,
        indicators.rate_per,
        partnerships.area_name as csp_name,
        notes.break_note
    from neighbourhood_values
    inner join indicators
        on neighbourhood_values.indicator_id = indicators.indicator_id
    inner join partnerships
        on neighbourhood_values.csp_code = partnerships.area_code
    left join notes
        on
            neighbourhood_values.source = notes.source
            and neighbourhood_values.indicator_id = notes.indicator_id
            and neighbourhood_values.csp_code = notes.csp_code
            and neighbourhood_values.period_type = notes.period_type
            and neighbourhood_values.period_end = notes.period_end
)

select
    source,
    indicator_id,
    indicator_name,
    csp_code as area_code,
    csp_name as area_name,
    area_type as neighbourhood_type,
    area_code as neighbourhood_code,
    area_name as neighbourhood_name,
    is_current as is_current_boundary,
    period_type,
    period_label,
    period_start,
    period_end,
    months_expected,
    months_supplied,
    is_complete,
    case when is_complete then records end as value,
    case when not is_complete then records end as value_so_far,
    population as denominator,
    population_year,
    cast(1000 as bigint) as rate_per,
    case when is_complete and population > 0 then 1000.0 * records / population end as rate,
    case when is_complete and csp_records > 0 then 100.0 * records / csp_records end
        as share_of_csp_pct,
    case when is_complete then count_rank end as rank_in_csp,
    neighbourhoods as neighbourhoods_in_csp,
    case when is_complete then is_in_top_5pct end as is_in_top_5pct,
    case when is_complete then top_5pct_share_pct end as csp_top_5pct_share_pct,
    case when is_complete and period_type = 'rolling_12' and is_current then months_above end
        as months_above_90th_percentile,
    case when is_comparable then records_before end as previous_value,
    case when is_comparable then records - records_before end as change,
    case when is_comparable then {{ percent_change('records', 'records_before') }} end as change_pct,
    case when is_comparable then records_before < 50 end as change_pct_is_unreliable,
    break_note
from described
