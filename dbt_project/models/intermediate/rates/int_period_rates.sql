-- Every figure with its rate under the denominator policy of the settings, and the limits of the rate.
with

policy_rates as (
    select * from {{ ref('int_policy_rates') }}
    where denominator_policy = '{{ var("denominator_policy") }}'
),

rated as (
    select
        *,
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
    from policy_rates
)

select
    * exclude (denominator_policy, wanted_denominator_kind, has_source_denominator, lacks_denominator),
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
