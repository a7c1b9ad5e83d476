with

counted as (
    select * from {{ ref('int_counted_observations') }}
),

partner_returns as (
    select * from {{ ref('int_partner_returns__current') }}
),

all_sources as (
    select
        source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        cast(null as double) as denominator,
        cast(null as double) as stated_value,
        is_supplied,
        extract_date
    from counted
    union all
    select
        'partner_returns' as source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        denominator,
        value as stated_value,
        true as is_supplied,
        extract_date
    from partner_returns
)

select
    source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    {{ month_number('period_end') }} - {{ month_number('period_start') }} + 1 as months,
    numerator,
    denominator,
    stated_value,
    is_supplied,
    extract_date
from all_sources
