{%- set population_of_rate =
    "case when period_values.value_kind <> 'proportion' then indicators.denominator_kind end" -%}
with

period_values as (
    select * from {{ ref('int_period_values') }}
    union all by name
    select * from {{ ref('int_derived_rates') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

denominators as (
    select * from {{ ref('int_denominators') }}
),

source_denominators as (
    select * from {{ ref('int_source_denominators') }}
),

with_denominator as (
    select
        period_values.*,
        case
            when period_values.value_kind = 'proportion' then period_values.stated_denominator
            when source_denominators.source is not null then source_denominators.population
            else denominators.population
        end as denominator,
        case
            when period_values.value_kind = 'proportion' then 'cases'
            else coalesce(source_denominators.population_kind, denominators.population_kind)
        end as denominator_kind,
        coalesce(source_denominators.population_year, denominators.population_year)
            as population_year,
        -- what a source brings itself is of the year that it says
        source_denominators.source is null
        and coalesce(denominators.population_year < denominators.wanted_year - 2, false)
            as is_population_out_of_date,
        indicators.denominator_kind as wanted_denominator_kind,
        source_denominators.source is not null as has_source_denominator,
        -- a proportion is its own rate, per cent; counts are per 1,000 or as the indicator says
        case
            when period_values.value_kind = 'proportion' then cast(100 as bigint)
            else cast(indicators.rate_per as bigint)
        end as rate_per
    from period_values
    inner join indicators
        on period_values.indicator_id = indicators.indicator_id
    left join denominators
        on
            period_values.area_code = denominators.area_code
            and period_values.financial_year = denominators.financial_year
            and {{ population_of_rate }} = denominators.population_kind
    -- what a source brings itself wins for its own rows
    left join source_denominators
        on
            period_values.source = source_denominators.source
            and period_values.area_code = source_denominators.area_code
            and period_values.period_start = source_denominators.period_start
            and period_values.period_end = source_denominators.period_end
            and {{ population_of_rate }} = source_denominators.population_kind
),

rated as (
    select
        *,
        case
            when is_complete
                then {{ rate_of('value', 'value_kind', 'denominator', 'rate_per') }}
        end as rate,
        case
            when not is_complete then null
            when value_kind = 'proportion' then 100.0 * wilson_lower(numerator, denominator)
            when value_kind = 'count' and denominator > 0
                then poisson_lower(value) * rate_per / denominator
        end as rate_lower,
        case
            when not is_complete then null
            when value_kind = 'proportion' then 100.0 * wilson_upper(numerator, denominator)
            when value_kind = 'count' and denominator > 0
                then poisson_upper(value) * rate_per / denominator
        end as rate_upper
    from with_denominator
)

select
    * exclude (wanted_denominator_kind, has_source_denominator, lacks_denominator),
    case
        when value_kind = 'count' then rate * 12 / months_expected
    end as annualised_rate,
    case
        when rate is not null then null
        when lacks_denominator and months_supplied = 0 then 'the source gives no denominator'
        when lacks_denominator then 'not every part of the period has its denominator'
        when not is_complete then months_supplied || ' of ' || months_expected || ' months are supplied'
        when value_kind = 'proportion' then 'there was nothing to measure against'
        when coalesce(wanted_denominator_kind, 'none') = 'none'
            then 'the indicator is given as a count alone'
        when has_source_denominator and denominator is null
            then 'the source publishes no rate for the area'
        when denominator is null
            then 'no number of '
                || {{ denominator_in_words('wanted_denominator_kind') }}
                || ' is known for the area and year'
        else 'the area has no ' || {{ denominator_in_words('wanted_denominator_kind') }}
    end as rate_missing_because
from rated
