-- Made from published figures, so that it cannot show what they withhold.
with

counts as (
    select * from {{ ref('fct_indicator_values') }}
    where
        period_type = 'month'
        and area_type = 'csp'
        and is_complete
),

indicator_parts as (
    select
        breakdown,
        part_indicator_id,
        count(*) over (partition by breakdown) as parts_known,
        -- the finest breakdown of a month counts; the others would count its crimes again
        case breakdown when 'subgroups' then 1 when 'data.police.uk categories' then 2 else 3 end
            as breakdown_order
    from {{ ref('indicator_parts') }}
    where whole_indicator_id = 'total_recorded_crime'
),

-- one source for one month of an area: parts of another would count its crimes again
wholes as (
    select * from counts
    where
        indicator_id = 'total_recorded_crime'
        and is_headline_source
),

parts as (
    select
        counts.*,
        indicator_parts.breakdown,
        indicator_parts.breakdown_order,
        indicator_parts.parts_known
    from wholes
    inner join counts
        on
            wholes.source = counts.source
            and wholes.area_code = counts.area_code
            and wholes.period_end = counts.period_end
    inner join indicator_parts
        on counts.indicator_id = indicator_parts.part_indicator_id
),

-- a breakdown counts where the source gives every part of it
whole_breakdowns as (
    select
        *,
        min(breakdown_order) over (partition by area_code, period_end) as finest
    from (
        select
            *,
            count(*) over (partition by area_code, period_end, breakdown) as parts_given
        from parts
    ) as given
    where parts_given = parts_known
),

summable as (
    select *
    from whole_breakdowns
    where breakdown_order = finest
    union all by name
    -- a source that gives no breakdown whole has its total alone
    select
        wholes.*,
        'none' as breakdown
    from wholes
    left join whole_breakdowns
        on
            wholes.area_code = whole_breakdowns.area_code
            and wholes.period_end = whole_breakdowns.period_end
    where whole_breakdowns.area_code is null
)

select
    source,
    breakdown,
    indicator_id,
    indicator_name,
    area_code,
    area_name,
    force_code,
    period_label,
    period_start,
    period_end,
    cast(value as bigint) as value,
    is_provisional,
    is_suppressed,
    extract_date
from summable
