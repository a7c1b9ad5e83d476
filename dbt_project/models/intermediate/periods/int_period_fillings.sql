-- What each grain of observation (months, quarters, or the period itself) adds up to in a period.
-- The grains are never mixed: the next model chooses one of them for a period.
with

observations as (
    select * from {{ ref('int_observations') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

period_months as (
    select * from {{ ref('int_period_months') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

tiles as (
    select
        observations.* exclude (period_start, period_end) replace (
            -- a count that is stated as a value alone is a count
            case
                when indicators.value_kind = 'count'
                    then coalesce(observations.numerator, observations.stated_value)
                else observations.numerator
            end as numerator
        ),
        observations.period_start as observation_start,
        observations.period_end as observation_end,
        indicators.value_kind,
        case
            when observations.months = 1 then 'month'
            when observations.months = 3 and month(observations.period_start) % 3 = 1 then 'quarter'
            else 'whole'
        end as grain,
        -- police and partners revise: what was extracted soon after the period ended will still move
        observations.extract_date
        < observations.period_end + interval ({{ var('provisional_months') }}) month as is_provisional
    from observations
    inner join indicators
        on observations.indicator_id = indicators.indicator_id
),

from_months as (
    select
        tiles.*,
        period_months.period_type,
        period_months.period_start,
        period_months.period_end
    from tiles
    inner join period_months
        on tiles.observation_start = period_months.month
    where tiles.grain = 'month'
),

from_quarters as (
    select
        tiles.*,
        periods.period_type,
        periods.period_start,
        periods.period_end
    from tiles
    inner join periods
        on
            tiles.observation_start >= periods.period_start
            and tiles.observation_end <= periods.period_end
    where tiles.grain = 'quarter'
),

from_whole_periods as (
    select
        tiles.*,
        periods.period_type,
        periods.period_start,
        periods.period_end
    from tiles
    inner join periods
        on
            tiles.observation_start = periods.period_start
            and tiles.observation_end = periods.period_end
    where tiles.grain = 'whole'
),

all_grains as (
    select
        *,
        -- what several observations are summed from: a proportion needs both of its counts
        numerator is not null and (value_kind <> 'proportion' or denominator is not null) as adds_up
    from (
        select * from from_months
        union all
        select * from from_quarters
        union all
        select * from from_whole_periods
    ) as of_every_grain
),

filled as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_start,
        period_end,
        grain,
        case grain when 'month' then 1 when 'quarter' then 2 else 3 end as grain_order,
        min(value_kind) as value_kind,
        cast(sum(months) as bigint) as months_seen,
        -- a per cent stated without its counts is the figure of its own period and adds to no other
        cast(coalesce(
            case
                when count(*) = 1
                    then sum(months) filter (where adds_up or stated_value is not null)
                else sum(months) filter (where adds_up)
            end, 0
        ) as bigint) as months_supplied,
        case
            when min(value_kind) <> 'proportion' or bool_and(adds_up) or count(*) = 1
                then {{ exact_sum('numerator') }}
        end as numerator,
        -- where one row lacks its denominator, the longer period has none either
        case
            when min(value_kind) <> 'proportion' or bool_and(adds_up) or count(*) = 1
                then {{ exact_sum('denominator') }}
        end as denominator,
        case when count(*) = 1 then max(stated_value) end as stated_value,
        min(value_kind) = 'proportion' and not bool_and(adds_up) as lacks_denominator,
        bool_or(is_provisional) as is_provisional,
        max(observation_end) as last_observed,
        max(extract_date) as extract_date
    from all_grains
    group by all
)

select * from filled
where {{ is_known_to_its_end('last_observed') }}
