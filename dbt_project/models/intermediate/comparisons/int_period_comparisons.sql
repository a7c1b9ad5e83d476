-- Every period beside the same months one year before, and the mean of the three years before.
{% set by_people = var('change_exposure') == 'population_months' -%}
{% set people = 'coalesce(denominator, 1)' if by_people else '1' -%}
{% set previous_people =
    '(case when denominator is null then 1 else previous_denominator end)' if by_people else '1'
-%}

with

period_rates as (
    select * from {{ ref('int_period_rates') }}
),

series_dispersion as (
    select * from {{ ref('int_change_dispersion') }}
),

indicator_dispersion as (
    select * from {{ ref('int_indicator_dispersion') }}
),

compared as (
    select
        current_period.*,
        -- an incomplete year before has no value, and an incomplete period no comparison
        case when current_period.is_complete then previous.value end as previous_value,
        previous.rate as previous_rate,
        previous.numerator as previous_numerator,
        previous.denominator as previous_denominator,
        previous.months_expected as previous_months,
        case
            when previous.is_complete and two_years_before.is_complete and three_years_before.is_complete
                then list_avg([previous.value, two_years_before.value, three_years_before.value])
        end as baseline_3yr_value,
        coalesce(current_period.is_complete and previous.is_complete, false) as is_comparable
    from period_rates as current_period
    left join period_rates as previous
        on
            {{ same_series('current_period', 'previous') }}
            and current_period.period_type = previous.period_type
            and current_period.end_month_number = previous.end_month_number + 12
    left join period_rates as two_years_before
        on
            {{ same_series('current_period', 'two_years_before') }}
            and current_period.period_type = two_years_before.period_type
            and current_period.end_month_number = two_years_before.end_month_number + 24
    left join period_rates as three_years_before
        on
            {{ same_series('current_period', 'three_years_before') }}
            and current_period.period_type = three_years_before.period_type
            and current_period.end_month_number = three_years_before.end_month_number + 36
),

-- t1 and t0 of the exact test: person-months, or months alone (setting change_exposure); where nobody
-- lives there is nothing to compare
exposed as (
    select
        *,
        nullif(cast(months_expected as double) * {{ people }}, 0) as exposure,
        nullif(cast(previous_months as double) * {{ previous_people }}, 0) as previous_exposure
    from compared
),

-- The variance of a count in multiples of Poisson's: what the series itself shows, else what its
-- indicator shows elsewhere at this size, else 1. A proportion has a test of its own.
dispersed as (
    select
        exposed.*,
        case when exposed.is_comparable and exposed.value_kind = 'count' then exposed.value end as tested_count,
        case
            when not exposed.is_comparable or exposed.value_kind <> 'count' then null
            when series_dispersion.is_own_history then 'own history'
            when
                series_dispersion.change_dispersion is not null
                or indicator_dispersion.degrees_of_freedom >= 5
                then 'indicator'
            else 'poisson'
        end as significance_basis,
        case
            when significance_basis is null then null
            when significance_basis = 'poisson' then 1.0
            when series_dispersion.change_dispersion is not null
                then series_dispersion.change_dispersion
            else
                {{ certain_dispersion(
                    dispersion_at(
                        'indicator_dispersion.slope',
                        'pow((exposed.value + exposed.previous_value)'
                        ~ ' / (exposed.months_expected + exposed.previous_months),'
                        ~ ' indicator_dispersion.exponent)',
                        'indicator_dispersion.prior_degrees'
                    ),
                    'indicator_dispersion.degrees_of_freedom'
                ) }}
        end as change_dispersion
    from exposed
    left join series_dispersion
        on {{ same_series('exposed', 'series_dispersion') }}
    left join indicator_dispersion
        on exposed.indicator_id = indicator_dispersion.indicator_id
),

-- the same two counts are those of many areas, indicators and months: they are tested once
pairs_of_counts as (
    select distinct
        value,
        exposure,
        previous_value,
        previous_exposure
    from exposed
    where is_comparable and value_kind = 'count'
),

tested_counts as (
    select
        *,
        rate_ratio_p_value(value, exposure, previous_value, previous_exposure) as p_value,
        rate_ratio_lower(value, exposure, previous_value, previous_exposure) as ratio_lower,
        rate_ratio_upper(value, exposure, previous_value, previous_exposure) as ratio_upper
    from pairs_of_counts
),

tested as (
    select
        dispersed.*,
        tested_counts.ratio_lower as change_ratio_lower,
        tested_counts.ratio_upper as change_ratio_upper,
        case
            when dispersed.is_comparable and dispersed.value_kind = 'proportion'
                then
                    two_proportion_p_value(
                        dispersed.numerator,
                        dispersed.denominator,
                        dispersed.previous_numerator,
                        dispersed.previous_denominator
                    )
            else tested_counts.p_value
        end as change_p_value,
        case
            when dispersed.significance_basis is null then change_p_value
            else scattered_p_value(
                    tested_counts.p_value,
                    tested_counts.value,
                    tested_counts.exposure,
                    tested_counts.previous_value,
                    tested_counts.previous_exposure,
                    dispersed.change_dispersion
                )
        end as calibrated_p_value,
        case
            when
                dispersed.is_comparable
                and dispersed.value_kind = 'count'
                and dispersed.previous_value > 0
                then
                    (dispersed.value / dispersed.exposure)
                    / (dispersed.previous_value / dispersed.previous_exposure)
        end as change_ratio
    from dispersed
    left join tested_counts
        on
            dispersed.tested_count = tested_counts.value
            and dispersed.exposure = tested_counts.exposure
            and dispersed.previous_value = tested_counts.previous_value
            and dispersed.previous_exposure = tested_counts.previous_exposure
)

select
    tested.source,
    tested.indicator_id,
    tested.area_code,
    tested.period_type,
    tested.period_label,
    tested.period_start,
    tested.period_end,
    tested.months_expected,
    tested.months_supplied,
    tested.is_complete,
    tested.is_provisional,
    tested.value_kind,
    tested.numerator,
    tested.value,
    tested.value_so_far,
    tested.denominator,
    tested.denominator_kind,
    tested.population_year,
    tested.is_population_out_of_date,
    tested.rate_per,
    tested.rate,
    tested.rate_lower,
    tested.rate_upper,
    tested.annualised_rate,
    tested.rate_missing_because,
    tested.is_comparable,
    tested.previous_value,
    case when tested.is_comparable then tested.previous_rate end as previous_rate,
    case
        when tested.is_comparable and tested.value_kind <> 'proportion'
            then tested.value - tested.previous_value
    end as change,
    case
        when tested.is_comparable and tested.value_kind <> 'proportion'
            then {{ percent_change('tested.value', 'tested.previous_value') }}
    end as change_pct,
    case
        when tested.is_comparable and tested.value_kind = 'proportion'
            then tested.value - tested.previous_value
    end as change_pp,
    case
        when tested.is_comparable and tested.value_kind = 'count'
            -- either year: so the ONS leaves a per cent out ([u] in its partnership tables)
            then tested.previous_value < 50 or tested.value < 50
    end as change_pct_is_unreliable,
    tested.baseline_3yr_value,
    tested.change_ratio,
    tested.change_ratio_lower,
    tested.change_ratio_upper,
    tested.change_p_value,
    tested.change_dispersion,
    tested.significance_basis,
    case
        when tested.calibrated_p_value is null then null
        when tested.calibrated_p_value >= 0.05 then 'no clear change'
        when tested.value_kind = 'proportion' and tested.value > tested.previous_value then 'higher'
        when tested.value_kind = 'proportion' then 'lower'
        when coalesce(tested.change_ratio, 2) > 1 then 'higher'
        else 'lower'
    end as significance,
    tested.extract_date
from tested
