-- Every figure measured against the population of each denominator policy: the one place where a value
-- meets its denominator. A view: a model that reads it asks for one policy, or for a few figures.
{{ config(materialized='view') }}
{%- set population_of_rate =
    "case when figures.value_kind <> 'proportion' then indicators.denominator_kind end" %}

with

period_values as (
    select * from {{ ref('int_period_values') }}
),

derived_rates as (
    select * from {{ ref('int_derived_rates') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

denominators as (
    select * from {{ ref('int_policy_denominators') }}
),

source_denominators as (
    select * from {{ ref('int_source_denominators') }}
),

policies as (
    select unnest(['own_year', 'frozen']) as denominator_policy
),

figures as (
    select
        policies.denominator_policy,
        period_values.*
    from period_values
    cross join policies
    union all by name
    select * from derived_rates
),

measured as (
    select
        figures.*,
        case
            when figures.value_kind = 'proportion' then figures.stated_denominator
            when source_denominators.source is not null then source_denominators.population
            else denominators.population
        end as denominator,
        case
            when figures.value_kind = 'proportion' then 'cases'
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
            when figures.value_kind = 'proportion' then cast(100 as bigint)
            else cast(indicators.rate_per as bigint)
        end as rate_per
    from figures
    inner join indicators
        on figures.indicator_id = indicators.indicator_id
    left join denominators
        on
            figures.denominator_policy = denominators.denominator_policy
            and figures.area_code = denominators.area_code
            and figures.financial_year = denominators.financial_year
            and {{ population_of_rate }} = denominators.population_kind
    -- what a source brings itself wins for its own rows, whatever the policy
    left join source_denominators
        on
            figures.source = source_denominators.source
            and figures.area_code = source_denominators.area_code
            and figures.period_start = source_denominators.period_start
            and figures.period_end = source_denominators.period_end
            and {{ population_of_rate }} = source_denominators.population_kind
)

select
    *,
    case
        when is_complete
            then {{ rate_of('value', 'value_kind', 'denominator', 'rate_per') }}
    end as rate
from measured
