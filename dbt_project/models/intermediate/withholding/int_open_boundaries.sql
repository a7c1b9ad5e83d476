-- One row per count behind sensitive figures and area: between which ends of months it may be
-- published (see duckdb_functions/withholding/open_boundaries.py for the rule and why it suffices). All restricted
-- sources of a count are one series: what one of them would give back, none of them may show. What
-- public sources say of the count is known to everybody.
with

vintages as (
    select * from {{ ref('int_sensitive_vintages') }}
),

quantities as (
    select * from {{ ref('int_sensitive_quantities') }}
    where part <> 'linked'
),

-- what is left of a whole beside its part: of the cases that are no repeats, and of hate crime less a strand
proportions as (
    select
        indicator_id || ' (rest)' as quantity_id,
        numerator_indicator_id,
        denominator_indicator_id
    from {{ ref('int_indicators') }}
    where
        is_sensitive
        and value_kind = 'proportion'
    union all
    select
        quantity_id,
        part_indicator_id as numerator_indicator_id,
        whole_indicator_id as denominator_indicator_id
    from {{ ref('int_sensitive_parts') }}
),

-- Home Office open data gives every area's quarters of what is counted by offence code
public_quarters as (
    select distinct indicator_id
    from {{ ref('int_offence_indicators') }}
),

-- the rest of a proportion that no source states: of its two counts in the same state of knowledge
rests as (
    select
        numerators.source,
        numerators.is_public,
        numerators.vintage_date,
        proportions.quantity_id,
        numerators.area_code,
        {{ month_number('numerators.period_start') }} - 1 as start_boundary,
        {{ month_number('numerators.period_end') }} as end_boundary,
        coalesce(denominators.numerator, denominators.stated_value)
        - coalesce(numerators.numerator, numerators.stated_value) as counted
    from vintages as numerators
    inner join proportions
        on numerators.indicator_id = proportions.numerator_indicator_id
    inner join vintages as denominators
        on
            proportions.denominator_indicator_id = denominators.indicator_id
            and numerators.source = denominators.source
            and numerators.vintage_date = denominators.vintage_date
            and numerators.area_code = denominators.area_code
            and numerators.period_start = denominators.period_start
            and numerators.period_end = denominators.period_end
),

-- the smallest population known: a rate without its count stands for at least that many
populations as (
    select
        area_code,
        population_kind,
        min(population) as population
    from {{ ref('int_population') }}
    group by
        area_code,
        population_kind
),

counted as (
    select
        vintages.source,
        vintages.is_public,
        vintages.vintage_date,
        quantities.quantity_id,
        vintages.area_code,
        {{ month_number('vintages.period_start') }} - 1 as start_boundary,
        {{ month_number('vintages.period_end') }} as end_boundary,
        case quantities.part
            when 'denominator' then vintages.denominator
            when 'rest' then vintages.denominator - vintages.numerator
            else
                case quantities.value_kind
                    when 'proportion'
                        then coalesce(
                                vintages.numerator,
                                round(vintages.stated_value * vintages.denominator / 100)
                            )
                    when 'rate'
                        then coalesce(
                                vintages.numerator,
                                floor(
                                    vintages.stated_value * populations.population / quantities.rate_per
                                )
                            )
                    else coalesce(vintages.numerator, vintages.stated_value)
                end
        end as counted
    from vintages
    inner join quantities
        on vintages.indicator_id = quantities.indicator_id
    left join populations
        on
            vintages.area_code = populations.area_code
            and quantities.denominator_kind = populations.population_kind
),

all_counted as (
    select * from counted
    union all
    select * from rests
),

-- the same count can be stated by itself and under a rate; of two that differ the small one decides
stretches as (
    select
        quantity_id,
        area_code,
        source,
        is_public,
        vintage_date,
        start_boundary,
        end_boundary,
        coalesce(
            min(counted) filter (
                where counted > 0 and counted < {{ var('suppression_threshold') }}
            ),
            max(counted)
        ) as counted
    from all_counted
    group by
        quantity_id,
        area_code,
        source,
        is_public,
        vintage_date,
        start_boundary,
        end_boundary
),

numbered as (
    select
        *,
        dense_rank() over (
            partition by quantity_id, area_code
            order by vintage_date, is_public desc, source
        ) as state
    from stretches
),

series as (
    select
        quantity_id,
        area_code,
        cast(max(end_boundary) filter (where not is_public) as bigint) as last_boundary,
        open_boundaries(
            list({
                'state': cast(state as bigint),
                'source': source,
                'is_public': is_public,
                'start_boundary': cast(start_boundary as bigint),
                'end_boundary': cast(end_boundary as bigint),
                'value': cast(counted as double)
            } order by state, start_boundary, end_boundary),
            cast({{ var('suppression_threshold') }} as bigint),
            quantity_id in (select public_quarters.indicator_id from public_quarters)
        ) as openness
    from numbered
    group by
        quantity_id,
        area_code
    having bool_or(not is_public)
)

select
    quantity_id,
    area_code,
    last_boundary,
    struct_extract(openness, 'is_whole') as is_whole,
    struct_extract(openness, 'is_withheld') as is_withheld,
    struct_extract(openness, 'boundaries') as boundaries,
    struct_extract(openness, 'cuts') as cuts
from series
