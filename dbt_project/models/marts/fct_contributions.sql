-- Made from published figures, so that it cannot show what they withhold.
with

figures as (
    select * from {{ ref('fct_indicator_values') }}
),

indicator_parts as (
    select
        *,
        count(*) over (partition by breakdown, whole_indicator_id) as parts_known
    from {{ ref('indicator_parts') }}
),

-- a source is broken down only by parts of which it gives every one
given_breakdowns as (
    select
        given.source,
        indicator_parts.breakdown,
        indicator_parts.whole_indicator_id
    from (
        select distinct
            source,
            indicator_id
        from figures
    ) as given
    inner join indicator_parts
        on given.indicator_id = indicator_parts.part_indicator_id
    group by
        given.source,
        indicator_parts.breakdown,
        indicator_parts.whole_indicator_id,
        indicator_parts.parts_known
    having count(*) = indicator_parts.parts_known
),

wholes as (
    select * from figures
    where
        is_complete
        and change is not null
        and indicator_id in (select whole_indicator_id from indicator_parts)
),

part_figures as (
    select
        indicator_parts.breakdown,
        indicator_parts.may_be_more,
        wholes.source,
        wholes.indicator_id,
        wholes.indicator_name,
        wholes.area_code,
        wholes.area_name,
        wholes.area_type,
        wholes.force_code,
        wholes.period_type,
        wholes.period_label,
        wholes.period_start,
        wholes.period_end,
        wholes.is_headline_source,
        wholes.value as whole_value,
        wholes.previous_value as whole_previous_value,
        wholes.change as whole_change,
        wholes.is_provisional,
        wholes.extract_date,
        parts.indicator_id as part_indicator_id,
        parts.indicator_name as part_indicator_name,
        parts.polarity as part_polarity,
        parts.value,
        parts.previous_value,
        parts.change,
        parts.change_pct,
        parts.change_pct_is_unreliable,
        parts.significance,
        parts.break_note,
        parts.is_suppressed,
        parts.is_comparison_suppressed
    from wholes
    inner join indicator_parts
        on wholes.indicator_id = indicator_parts.whole_indicator_id
    inner join given_breakdowns
        on
            wholes.source = given_breakdowns.source
            and indicator_parts.breakdown = given_breakdowns.breakdown
            and indicator_parts.whole_indicator_id = given_breakdowns.whole_indicator_id
    inner join figures as parts
        on
            indicator_parts.part_indicator_id = parts.indicator_id
            and wholes.source = parts.source
            and wholes.area_code = parts.area_code
            and wholes.period_type = parts.period_type
            and wholes.period_end = parts.period_end
            and parts.is_complete
),

-- of each whole: whether the parts that can be seen are all of it
sums as (
    select
        breakdown,
        source,
        indicator_id,
        area_code,
        period_type,
        period_end,
        count(*) as parts,
        coalesce(bool_and(change is not null), false) as all_parts_shown,
        sum(value) = any_value(whole_value) and sum(previous_value) = any_value(whole_previous_value)
            as parts_are_the_whole
    from part_figures
    group by all
)

select
    part_figures.source,
    part_figures.breakdown,
    part_figures.indicator_id,
    part_figures.indicator_name,
    part_figures.area_code,
    part_figures.area_name,
    part_figures.area_type,
    part_figures.force_code,
    part_figures.period_type,
    part_figures.period_label,
    part_figures.period_start,
    part_figures.period_end,
    part_figures.is_headline_source,
    part_figures.whole_value,
    part_figures.whole_previous_value,
    part_figures.whole_change,
    part_figures.part_indicator_id,
    part_figures.part_indicator_name,
    part_figures.value,
    part_figures.previous_value,
    part_figures.change,
    part_figures.change_pct,
    part_figures.change_pct_is_unreliable,
    part_figures.significance,
    case
        when part_figures.whole_change <> 0
            then 100.0 * part_figures.change / part_figures.whole_change
    end as share_of_change_pct,
    case
        when part_figures.whole_previous_value > 0
            then 100.0 * part_figures.change / part_figures.whole_previous_value
    end as contribution_pp,
    -- the part that moved the whole most in the direction in which it moved is first
    case
        when part_figures.change is not null
            then cast(rank() over (
                    partition by
                        part_figures.breakdown,
                        part_figures.source,
                        part_figures.indicator_id,
                        part_figures.area_code,
                        part_figures.period_type,
                        part_figures.period_end
                    order by
                        part_figures.change
                        * case when part_figures.whole_change < 0 then -1 else 1 end desc nulls last
                ) as bigint)
    end as contribution_rank,
    sums.parts,
    sums.all_parts_shown,
    coalesce(sums.parts_are_the_whole, false) as parts_are_the_whole,
    part_figures.break_note,
    part_figures.is_provisional,
    part_figures.is_suppressed,
    part_figures.is_comparison_suppressed,
    part_figures.extract_date
from part_figures
inner join sums
    on
        {{ same_figure('part_figures', 'sums') }}
        and part_figures.breakdown = sums.breakdown
where sums.parts > 1
