with

seasonality as (
    select * from {{ ref('int_seasonality') }}
),

described as (
    select
        seasonality.*,
        {{ series_labels() | indent(4) }}
    from seasonality
    {{ join_series_labels('seasonality') | indent(4) }}
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
