-- Every observation in force, of every source, each with its own period. A source adds a line below.
-- What is not supplied is no observation: a month that the area's own force did not supply, whatever
-- other forces' files hold of it, and a row whose figure was left blank or withheld by its supplier.
with

{% set observation_models = [
    'int_counted_observations',
    'int_partner_returns__observations',
    'int_ons_pfa_tables__observations',
    'int_recorded_crime_open_data__observations',
    'int_force_counts__observations',
    'int_marac__observations',
] -%}

indicators as (
    select * from {{ ref('int_indicators') }}
),

stated as (
    {% for model in observation_models -%}
    select
        source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        denominator,
        stated_value,
        extract_date
    from {{ ref(model) }}
    where
        is_supplied
        and coalesce(numerator, stated_value) is not null
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor -%}
),

-- a proportion of two counts that a source gives apart (repeats of cases) is put together, unless the
-- source states the proportion itself for that area and period
derived as (
    select
        numerators.source,
        indicators.indicator_id,
        numerators.area_code,
        numerators.period_start,
        numerators.period_end,
        numerators.numerator,
        denominators.numerator as denominator,
        cast(null as double) as stated_value,
        greatest(numerators.extract_date, denominators.extract_date) as extract_date
    from indicators
    inner join stated as numerators
        on indicators.numerator_indicator_id = numerators.indicator_id
    inner join stated as denominators
        on
            indicators.denominator_indicator_id = denominators.indicator_id
            and numerators.source = denominators.source
            and numerators.area_code = denominators.area_code
            and numerators.period_start = denominators.period_start
            and numerators.period_end = denominators.period_end
    left join stated as as_stated
        on
            indicators.indicator_id = as_stated.indicator_id
            and numerators.source = as_stated.source
            and numerators.area_code = as_stated.area_code
            and numerators.period_start = as_stated.period_start
            and numerators.period_end = as_stated.period_end
    where
        indicators.value_kind = 'proportion'
        and as_stated.source is null
),

all_sources as (
    select * from stated
    union all
    select * from derived
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
    extract_date
from all_sources
