-- Rates that are indicators of their own: a count over a population of each denominator policy, over
-- twelve months only (MARAC cases per 10,000 adult females). Without the population no row.
with

period_values as (
    select * from {{ ref('int_period_values') }}
),

denominators as (
    select * from {{ ref('int_policy_denominators') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

derived as (
    select
        denominators.denominator_policy,
        period_values.* replace (
            indicators.indicator_id as indicator_id,
            indicators.value_kind as value_kind,
            period_values.numerator * indicators.rate_per / denominators.population as value
        )
    from period_values
    inner join indicators
        on
            period_values.indicator_id = indicators.numerator_indicator_id
            and indicators.value_kind = 'rate'
            and indicators.denominator_indicator_id is null
    inner join denominators
        on
            period_values.area_code = denominators.area_code
            and period_values.financial_year = denominators.financial_year
            and indicators.denominator_kind = denominators.population_kind
    where
        period_values.months_expected = 12
        and period_values.is_complete
        and period_values.numerator is not null
        and denominators.population > 0
)

-- what a supplier states stands
select derived.*
from derived
left join period_values as stated
    on {{ same_figure('derived', 'stated') }}
where stated.source is null
