with

trends as (
    select * from {{ ref('int_trends') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

withheld_series as (
    select * from {{ ref('int_withheld_series') }}
),

described as (
    select
        trends.*,
        case
            when trends.trend = 'cannot be calculated' then null
            when trends.trend = 'no significant trend' then 'same'
            when indicators.polarity = 'neutral' then 'changed'
            when (trends.trend = 'decreasing') = (indicators.polarity = 'lower_is_better')
                then 'better'
            else 'worse'
        end as direction_of_travel,
        periods.period_label,
        indicators.indicator_name,
        indicators.polarity,
        areas.area_name,
        areas.area_type,
        areas.force_code,
        withheld_series.source is not null as is_withheld
    from trends
    inner join periods
        on
            trends.period_type = periods.period_type
            and trends.period_end = periods.period_end
    inner join indicators
        on trends.indicator_id = indicators.indicator_id
    inner join areas
        on trends.area_code = areas.area_code
    left join withheld_series
        on
            trends.source = withheld_series.source
            and trends.indicator_id = withheld_series.indicator_id
            and trends.area_code = withheld_series.area_code
)

select
    source,
    indicator_id,
    indicator_name,
    polarity,
    area_code,
    area_name,
    area_type,
    force_code,
    period_type,
    period_label,
    period_end,
    first_period_label,
    years,
    measure,
    {{ unless_withheld([
        'first_value',
        'last_value',
        'slope',
        'chi_square',
        'p_value',
        'is_sign_stable',
        'trend',
        'trend_reason',
        'direction_of_travel',
    ]) }},
    is_withheld as is_suppressed
from described
