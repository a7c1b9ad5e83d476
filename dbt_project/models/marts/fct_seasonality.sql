with

seasonality as (
    select * from {{ ref('int_seasonality') }}
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
        seasonality.*,
        indicators.indicator_name,
        indicators.polarity,
        areas.area_name,
        areas.area_type,
        areas.force_code,
        withheld_series.source is not null as is_withheld
    from seasonality
    inner join indicators
        on seasonality.indicator_id = indicators.indicator_id
    inner join areas
        on seasonality.area_code = areas.area_code
    left join withheld_series
        on
            seasonality.source = withheld_series.source
            and seasonality.indicator_id = withheld_series.indicator_id
            and seasonality.area_code = withheld_series.area_code
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
    month,
    period_label,
    period_end,
    {{ unless_withheld([
        'value',
        'history_mean',
        'history_min',
        'history_max',
        'rank_from_highest',
        'expected_lower',
        'expected_upper',
        'against_expected',
    ]) }},
    earlier_years,
    years_ranked,
    is_provisional,
    is_withheld as is_suppressed
from described
