-- Which counts stand behind the figures of each sensitive indicator: the count itself, or numerator,
-- denominator and the rest of a proportion, or the count of a rate. A figure is published only where
-- every count behind it is. `linked` are other indicators from which a sensitive one would follow.
with

indicators as (
    select * from {{ ref('int_indicators') }}
),

withheld_together as (
    select * from {{ ref('int_withheld_together') }}
),

own as (
    select
        indicator_id,
        value_kind,
        rate_per,
        denominator_kind,
        'numerator' as part,
        coalesce(
            case when value_kind in ('proportion', 'rate') then numerator_indicator_id end,
            indicator_id
        ) as quantity_id
    from indicators
    where is_sensitive
),

denominators as (
    select
        indicator_id,
        value_kind,
        rate_per,
        denominator_kind,
        'denominator' as part,
        coalesce(denominator_indicator_id, indicator_id || ' (of)') as quantity_id
    from indicators
    where
        is_sensitive
        and value_kind = 'proportion'
),

-- 2 of 40 repeats: 38 are none; 38 of 40: 2 are none, and the rate says so
rests as (
    select
        indicator_id,
        value_kind,
        rate_per,
        denominator_kind,
        'rest' as part,
        indicator_id || ' (rest)' as quantity_id
    from indicators
    where
        is_sensitive
        and value_kind = 'proportion'
),

-- 28 repeats of 30 cases: the number of repeats says what the rate would, beside the cases
known_rests as (
    select
        numerators.indicator_id,
        numerators.value_kind,
        numerators.rate_per,
        numerators.denominator_kind,
        'linked' as part,
        proportions.indicator_id || ' (rest)' as quantity_id
    from indicators as proportions
    inner join indicators as numerators
        on proportions.numerator_indicator_id = numerators.indicator_id
    where
        proportions.is_sensitive
        and proportions.value_kind = 'proportion'
),

-- 28 race hate crimes of 30 hate crimes: the other 2 follow
rests_of_wholes as (
    select
        parts.indicator_id,
        parts.value_kind,
        parts.rate_per,
        parts.denominator_kind,
        'linked' as part,
        sensitive_parts.quantity_id
    from {{ ref('int_sensitive_parts') }} as sensitive_parts
    inner join indicators as parts
        on sensitive_parts.part_indicator_id = parts.indicator_id
),

linked as (
    select
        withheld_together.indicator_id,
        indicators.value_kind,
        indicators.rate_per,
        indicators.denominator_kind,
        'linked' as part,
        withheld_together.sensitive_indicator_id as quantity_id
    from withheld_together
    inner join indicators
        on withheld_together.indicator_id = indicators.indicator_id
)

select * from own
union all
select * from denominators
union all
select * from rests
union all
select * from known_rests
union all
select * from rests_of_wholes
union all
select * from linked
