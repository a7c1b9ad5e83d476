-- Each home area's headline indicators by every choice of period and denominator that a report could
-- have made, newest complete period of each, to show what the headline owes to the choice.
with

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

areas as (
    select * from {{ ref('areas') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

headline_sources as (
    select * from {{ ref('int_headline_sources') }}
),

period_values as (
    select * from {{ ref('int_period_values') }}
),

policy_rates as (
    select * from {{ ref('int_policy_rates') }}
    where is_complete
),

families as (
    select * from {{ ref('int_families') }}
    where scheme = '{{ var("family_scheme") }}'
),

newest_periods as (
    select
        period_values.source,
        period_values.indicator_id,
        period_values.area_code,
        period_values.period_type,
        max(period_values.period_end) as period_end
    from period_values
    inner join home_areas
        on period_values.area_code = home_areas.area_code
    inner join headline_sources
        on {{ same_series('period_values', 'headline_sources') }}
    inner join indicators
        on period_values.indicator_id = indicators.indicator_id
    where
        indicators.is_headline
        and period_values.is_complete
        and period_values.period_type in (
            'ytd', 'rolling_12', 'financial_year', 'calendar_year'
        )
    group by all
),

-- periods of any area that can be needed: those chosen, and the same months a year before
needed_periods as (
    select
        source,
        indicator_id,
        period_type,
        period_end
    from newest_periods
    union
    select
        source,
        indicator_id,
        period_type,
        last_day(period_end - interval 12 month) as period_end
    from newest_periods
),

rates as (
    select
        policy_rates.*,
        indicators.polarity
    from policy_rates
    inner join needed_periods
        on {{ same_indicator_and_period('policy_rates', 'needed_periods') }}
    inner join indicators
        on policy_rates.indicator_id = indicators.indicator_id
),

variants as (
    select
        now.*,
        before.value as previous_value,
        before.rate as previous_rate,
        now.value - before.value as change,
        now.rate - before.rate as rate_change
    from newest_periods
    inner join rates as now
        on {{ same_figure('newest_periods', 'now') }}
    left join rates as before
        on
            now.denominator_policy = before.denominator_policy
            and {{ same_series('now', 'before') }}
            and now.period_type = before.period_type
            and last_day(now.period_end - interval 12 month) = before.period_end
),

family_members as (
    select distinct
        newest_periods.area_code,
        newest_periods.period_end,
        families.neighbour_code
    from newest_periods
    inner join families
        on
            newest_periods.area_code = families.area_code
            and {{ is_member_on(
                'newest_periods.period_end', 'families.valid_from', 'families.valid_to'
            ) }}
),

force_members as (
    select
        home_areas.area_code,
        areas.area_code as neighbour_code
    from home_areas
    inner join areas
        on home_areas.force_code = areas.force_code
    where areas.area_type = 'csp'
),

-- the whole circle of comparison of each variant, the area itself included
circles as (
    select
        'family' as circle,
        area_code,
        period_end,
        neighbour_code
    from family_members
    union all
    select distinct
        'force' as circle,
        force_members.area_code,
        newest_periods.period_end,
        force_members.neighbour_code
    from force_members
    inner join newest_periods
        on force_members.area_code = newest_periods.area_code
),

circle_ranks as (
    select
        circles.circle,
        variants.denominator_policy,
        variants.source,
        variants.indicator_id,
        variants.area_code,
        variants.period_type,
        count(*) as members_reporting,
        {{ rank_behind(
            best_first('peers.rate', 'variants.polarity')
            ~ ' < '
            ~ best_first('variants.rate', 'variants.polarity')
        ) }} as rank
    from variants
    inner join circles
        on
            variants.area_code = circles.area_code
            and variants.period_end = circles.period_end
    inner join rates as peers
        on
            circles.neighbour_code = peers.area_code
            and variants.denominator_policy = peers.denominator_policy
            and {{ same_indicator_and_period('variants', 'peers') }}
    where
        variants.rate is not null
        and peers.rate is not null
    group by all
),

ranked as (
    select
        variants.*,
        family.rank as family_rank,
        family.members_reporting as family_members_reporting,
        force.rank as force_rank,
        force.members_reporting as force_areas_ranked,
        -- the choice that the others are held against: the policy of the settings, and the period
        -- that the scorecard would prefer
        row_number() over (
            partition by variants.area_code, variants.indicator_id
            order by
                (variants.denominator_policy = '{{ var("denominator_policy") }}') desc,
                {{ headline_period_order('variants.period_type') }}
        ) = 1 as is_base
    from variants
    left join circle_ranks as family
        on
            family.circle = 'family'
            and variants.denominator_policy = family.denominator_policy
            and {{ same_series('variants', 'family') }}
            and variants.period_type = family.period_type
    left join circle_ranks as force
        on
            force.circle = 'force'
            and variants.denominator_policy = force.denominator_policy
            and {{ same_series('variants', 'force') }}
            and variants.period_type = force.period_type
),

-- held against the change in the figure that the base shows; what is not known flips nothing
compared as (
    select
        ranked.*,
        -- a rate can fall where the count rose: more people, or another estimate of them
        coalesce(sign(ranked.change) <> sign(base.change), false)
        or coalesce(sign(ranked.rate_change) <> sign(base.change), false) as sign_flips,
        coalesce(ranked.family_rank <> base.family_rank, false) as family_rank_flips,
        coalesce(ranked.force_rank <> base.force_rank, false) as force_rank_flips
    from ranked
    inner join ranked as base
        on
            ranked.area_code = base.area_code
            and ranked.indicator_id = base.indicator_id
            and base.is_base
)

select
    compared.area_code,
    areas.area_name,
    compared.indicator_id,
    compared.source,
    compared.period_type,
    compared.period_label,
    compared.period_end,
    compared.denominator_policy,
    compared.is_base,
    compared.value,
    compared.previous_value,
    case when compared.value_kind <> 'proportion' then compared.change end as change,
    case
        when compared.value_kind <> 'proportion'
            then {{ percent_change('compared.value', 'compared.previous_value') }}
    end as change_pct,
    case when compared.value_kind = 'proportion' then compared.change end as change_pp,
    compared.population_year,
    compared.rate,
    compared.previous_rate,
    compared.rate_change,
    compared.family_rank,
    compared.family_members_reporting,
    compared.force_rank,
    compared.force_areas_ranked,
    compared.sign_flips,
    compared.family_rank_flips,
    compared.force_rank_flips,
    bool_or(
        compared.sign_flips or compared.family_rank_flips or compared.force_rank_flips
    ) over (
        partition by compared.area_code, compared.indicator_id
    ) as headline_is_sensitive
from compared
inner join areas
    on compared.area_code = areas.area_code
