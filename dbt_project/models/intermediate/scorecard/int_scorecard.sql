-- One line per home area and headline indicator: the newest complete period of the source that speaks
-- for the figure there, with its ranks. Indicators that count the same offences share a line
-- (scorecard_lines): of several, the first that is as new as the others, give or take three months.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

home_areas as (
    select * from {{ ref('int_home_areas') }}
),

force_ranks as (
    select * from {{ ref('int_force_ranks') }}
),

family_ranks as (
    select * from {{ ref('int_family_ranks') }}
    where scheme = '{{ var("family_scheme") }}'
),

headline_figures as (
    select * from {{ ref('int_headline_figures') }}
),

headline_ranks as (
    select * from {{ ref('int_headline_ranks') }}
),

scorecard_lines as (
    select * from {{ ref('scorecard_lines') }}
),

-- the family's rank, from the source in which more of the family report
ranked_in_family as (
    select family_ranks.*
    from family_ranks
    inner join headline_ranks
        on
            {{ same_figure('family_ranks', 'headline_ranks') }}
            and family_ranks.scheme = headline_ranks.scheme
),

candidates as (
    select
        home_areas.home_order,
        cast(indicators.headline_order as bigint) as headline_order,
        indicator_values.*,
        coalesce(scorecard_lines.line_id, indicator_values.indicator_id) as line_id,
        row_number() over (
            partition by indicator_values.area_code, indicator_values.indicator_id
            order by
                indicator_values.is_complete desc,
                indicator_values.period_end desc,
                (indicator_values.period_type = scorecard_lines.preferred_period_type)
                desc nulls last,
                {{ headline_period_order('indicator_values.period_type') }}
        ) as preference
    from indicator_values
    inner join home_areas
        on indicator_values.area_code = home_areas.area_code
    inner join headline_figures
        on {{ same_figure('indicator_values', 'headline_figures') }}
    inner join indicators
        on indicator_values.indicator_id = indicators.indicator_id
    left join scorecard_lines
        on indicator_values.indicator_id = scorecard_lines.indicator_id
    where
        indicators.is_headline
        -- an ytd to March is the financial year, an ytd to April the month
        and not (
            indicator_values.period_type = 'ytd'
            and month(indicator_values.period_end) in (3, 4)
        )
),

indicator_lines as (
    select
        *,
        max(period_end) filter (where is_complete) over (
            partition by area_code, line_id
        ) as newest_complete_end
    from candidates
    where preference = 1
),

lines as (
    select
        *,
        row_number() over (
            partition by area_code, line_id
            order by
                is_complete desc,
                (period_end >= newest_complete_end - interval 3 month) desc,
                headline_order,
                indicator_id
        ) as place_on_line
    from indicator_lines
)

select
    lines.home_order,
    lines.headline_order,
    lines.area_code,
    lines.area_name,
    lines.force_code,
    lines.indicator_id,
    lines.indicator_name,
    lines.source,
    lines.unit,
    lines.polarity,
    lines.period_type,
    lines.period_label,
    lines.period_end,
    lines.is_complete,
    lines.months_expected,
    lines.months_supplied,
    lines.value,
    lines.value_so_far,
    lines.previous_value,
    lines.change,
    lines.change_pct,
    lines.change_pp,
    lines.change_pct_is_unreliable,
    lines.change_p_value,
    lines.significance,
    lines.direction_of_travel,
    lines.rate,
    lines.rate_per,
    lines.rate_lower,
    lines.rate_upper,
    lines.population_year,
    lines.is_population_out_of_date,
    '{{ var("denominator_policy") }}' as denominator_policy,
    {{ place_among('force_ranks.rate_rank', 'force_ranks.areas_ranked') }} as force_rate_rank,
    {{ place_among('force_ranks.change_rank', 'force_ranks.areas_ranked_by_change') }} as force_change_rank,
    force_ranks.areas_ranked as force_areas_ranked,
    family_ranks.scheme as family_scheme,
    family_ranks.source as family_source,
    {{ place_among('family_ranks.rank', 'family_ranks.members_reporting') }} as family_rank,
    {{ place_among('family_ranks.rank_best', 'family_ranks.members_reporting') }} as family_rank_best,
    {{ place_among('family_ranks.rank_worst', 'family_ranks.members_reporting') }} as family_rank_worst,
    family_ranks.family_size,
    family_ranks.members_reporting as family_members_reporting,
    family_ranks.is_illustrative as family_is_illustrative,
    lines.target_value,
    lines.rag,
    lines.break_note,
    lines.is_provisional,
    case
        when not lines.is_complete
            then
                'not complete: '
                || lines.months_supplied || ' of ' || lines.months_expected || ' months'
        when lines.previous_value is null
            then 'no figure to compare with'
        when lines.break_note is not null
            then 'not comparable: ' || lines.break_note
        when lines.significance is null
            then 'no figure to compare with'
        when lines.significance = 'no clear change'
            then 'no clear change: within normal variation'
        else lines.significance || ' than a year before'
    end as in_words,
    lines.extract_date
from lines
left join force_ranks
    on {{ same_figure('lines', 'force_ranks') }}
left join ranked_in_family as family_ranks
    on
        lines.area_code = family_ranks.area_code
        and lines.indicator_id = family_ranks.indicator_id
        and lines.period_type = family_ranks.period_type
        and lines.period_end = family_ranks.period_end
where lines.place_on_line = 1
