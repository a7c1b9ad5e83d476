-- One line per home area and headline indicator: the newest complete period of the source that speaks
-- for the indicator there, with its ranks.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

force_ranks as (
    select * from {{ ref('int_force_ranks') }}
),

family_ranks as (
    select * from {{ ref('int_family_ranks') }}
),

candidates as (
    select
        home_areas.home_order,
        cast(indicators.headline_order as bigint) as headline_order,
        indicator_values.*,
        row_number() over (
            partition by indicator_values.area_code, indicator_values.indicator_id
            order by
                indicator_values.is_complete desc,
                indicator_values.period_end desc,
                case indicator_values.period_type
                    when 'ytd' then 1
                    when 'financial_year' then 2
                    when 'rolling_12' then 3
                    when 'quarter' then 4
                    when 'month' then 5
                    else 6
                end
        ) as preference
    from indicator_values
    inner join home_areas
        on indicator_values.area_code = home_areas.area_code
    inner join indicators
        on indicator_values.indicator_id = indicators.indicator_id
    where
        indicators.is_headline
        and indicator_values.is_headline_source
        -- an ytd to March is the financial year, an ytd to April the month
        and not (
            indicator_values.period_type = 'ytd'
            and month(indicator_values.period_end) in (3, 4)
        )
)

select
    candidates.home_order,
    candidates.headline_order,
    candidates.area_code,
    candidates.area_name,
    candidates.force_code,
    candidates.indicator_id,
    candidates.indicator_name,
    candidates.source,
    candidates.unit,
    candidates.polarity,
    candidates.period_type,
    candidates.period_label,
    candidates.period_end,
    candidates.is_complete,
    candidates.months_expected,
    candidates.months_supplied,
    candidates.value,
    candidates.value_so_far,
    candidates.previous_value,
    candidates.change,
    candidates.change_pct,
    candidates.change_pp,
    candidates.change_pct_is_unreliable,
    candidates.change_p_value,
    candidates.significance,
    candidates.direction_of_travel,
    candidates.rate,
    candidates.rate_per,
    candidates.rate_lower,
    candidates.rate_upper,
    candidates.population_year,
    '{{ var("denominator_policy") }}' as denominator_policy,
    -- a rank among one says nothing
    case when force_ranks.areas_ranked > 1 then force_ranks.rate_rank end as force_rate_rank,
    case when force_ranks.areas_ranked_by_change > 1 then force_ranks.change_rank end
        as force_change_rank,
    force_ranks.areas_ranked as force_areas_ranked,
    family_ranks.scheme as family_scheme,
    case when family_ranks.members_reporting > 1 then family_ranks.rank end as family_rank,
    case when family_ranks.members_reporting > 1 then family_ranks.rank_best end as family_rank_best,
    case when family_ranks.members_reporting > 1 then family_ranks.rank_worst end as family_rank_worst,
    family_ranks.family_size,
    family_ranks.members_reporting as family_members_reporting,
    family_ranks.is_illustrative as family_is_illustrative,
    candidates.target_value,
    candidates.rag,
    candidates.break_note,
    candidates.is_provisional,
    case
        when not candidates.is_complete
            then
                'not complete: '
                || candidates.months_supplied || ' of ' || candidates.months_expected || ' months'
        when candidates.break_note is not null
            then 'not comparable: ' || candidates.break_note
        when candidates.previous_value is null or candidates.significance is null
            then 'no figure to compare with'
        when candidates.significance = 'no clear change'
            then 'no clear change: within normal variation'
        else candidates.significance || ' than a year before'
    end as in_words,
    candidates.extract_date
from candidates
left join force_ranks
    on
        candidates.area_code = force_ranks.area_code
        and candidates.source = force_ranks.source
        and candidates.indicator_id = force_ranks.indicator_id
        and candidates.period_type = force_ranks.period_type
        and candidates.period_end = force_ranks.period_end
left join family_ranks
    on
        candidates.area_code = family_ranks.area_code
        and candidates.source = family_ranks.source
        and candidates.indicator_id = family_ranks.indicator_id
        and candidates.period_type = family_ranks.period_type
        and candidates.period_end = family_ranks.period_end
        and family_ranks.scheme = '{{ var("family_scheme") }}'
where candidates.preference = 1
