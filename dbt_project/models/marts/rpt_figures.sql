-- Made from published figures, so that no column and no sentence can say what they withhold.
with

figures as (
    select * from {{ ref('fct_indicator_values') }}
    where
        is_headline_source
        and is_complete
),

-- read three times, so it is kept in memory: narrow
wider_figures as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_end,
        rate
    from {{ ref('fct_indicator_values') }}
    where
        is_complete
        and area_type <> 'csp'
),

-- with the wider areas that an area is compared with. They are columns of their own because a left join whose
-- condition asks one side alone compares every row with every other.
areas as (
    select
        *,
        case when area_type = 'csp' then force_code end as force_compared,
        case when area_type in ('csp', 'force') then region_code end as region_compared,
        case when area_type in ('csp', 'force', 'region') then country_code end as country_compared
    from {{ ref('dim_areas') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

sources as (
    select * from {{ ref('sources') }}
),

periods as (
    select * from {{ ref('dim_periods') }}
),

headline_ranks as (
    select * from {{ ref('int_headline_ranks') }}
    where scheme = '{{ var("family_scheme") }}'
),

family_ranks as (
    select fct_family_ranks.*
    from {{ ref('fct_family_ranks') }} as fct_family_ranks
    inner join headline_ranks
        on
            {{ same_figure('fct_family_ranks', 'headline_ranks') }}
            and fct_family_ranks.scheme = headline_ranks.scheme
),

force_ranks as (
    select * from {{ ref('fct_force_ranks') }}
),

-- rates of the wider areas from the same source: two sources are never mixed in one comparison
described as (
    select
        figures.*,
        areas.force_name,
        areas.region_name,
        areas.country_code,
        areas.lad_code,
        areas.is_home_area,
        indicators.value_kind,
        indicators.counted_as_one,
        coalesce(indicators.counted_as_many, {{ inside_sentence('indicators.indicator_name') }})
            as counted_as_many,
        sources.source_title,
        periods.previous_start,
        periods.previous_end,
        periods.period_in_words,
        periods.previous_in_words,
        force_figures.rate as force_rate,
        region_figures.rate as region_rate,
        country_figures.rate as country_rate,
        family_ranks.source as family_source,
        family_ranks.scheme as family_scheme,
        {{ place_among('family_ranks.rank', 'family_ranks.members_reporting') }} as family_rank,
        {{ place_among('family_ranks.rank_best', 'family_ranks.members_reporting') }} as family_rank_best,
        {{ place_among('family_ranks.rank_worst', 'family_ranks.members_reporting') }} as family_rank_worst,
        family_ranks.members_reporting as family_members_reporting,
        family_ranks.family_size,
        -- the mean of one reporting member is its own rate
        {{ place_among('family_ranks.family_mean_rate', 'family_ranks.members_reporting') }}
            as family_mean_rate,
        {{ place_among('family_ranks.rank_in_words', 'family_ranks.members_reporting') }} as family_rank_in_words,
        family_ranks.is_illustrative as family_is_illustrative,
        {{ place_among('force_ranks.rate_rank', 'force_ranks.areas_ranked') }} as force_rate_rank,
        {{ place_among('force_ranks.change_rank', 'force_ranks.areas_ranked_by_change') }}
            as force_change_rank,
        force_ranks.areas_ranked as force_areas_ranked,
        force_ranks.areas_ranked_by_change as force_areas_ranked_by_change,
        {{ area_in_words('figures.area_name', 'figures.area_type') }} as area_in_words,
        case figures.polarity
            when 'lower_is_better' then 'a low rate is better'
            when 'higher_is_better' then 'a high rate is better'
            else 'a low rate is neither good nor bad by itself'
        end as polarity_in_words
    from figures
    inner join areas
        on figures.area_code = areas.area_code
    inner join indicators
        on figures.indicator_id = indicators.indicator_id
    inner join periods
        on
            figures.period_type = periods.period_type
            and figures.period_end = periods.period_end
    left join sources
        on figures.source = sources.source
    left join wider_figures as force_figures
        on
            areas.force_compared = force_figures.area_code
            and figures.source = force_figures.source
            and figures.indicator_id = force_figures.indicator_id
            and figures.period_type = force_figures.period_type
            and figures.period_end = force_figures.period_end
    left join wider_figures as region_figures
        on
            areas.region_compared = region_figures.area_code
            and figures.source = region_figures.source
            and figures.indicator_id = region_figures.indicator_id
            and figures.period_type = region_figures.period_type
            and figures.period_end = region_figures.period_end
    left join wider_figures as country_figures
        on
            areas.country_compared = country_figures.area_code
            and figures.source = country_figures.source
            and figures.indicator_id = country_figures.indicator_id
            and figures.period_type = country_figures.period_type
            and figures.period_end = country_figures.period_end
    left join family_ranks
        on
            figures.indicator_id = family_ranks.indicator_id
            and figures.area_code = family_ranks.area_code
            and figures.period_type = family_ranks.period_type
            and figures.period_end = family_ranks.period_end
    left join force_ranks
        on {{ same_figure('figures', 'force_ranks') }}
),

worded as (
    select
        *,
        case
            when is_suppressed then 'withheld'
            when value is null then null
            when is_comparison_suppressed and change is null and change_pp is null
                then 'no comparison: the figure of the year before is withheld'
            when change is null and change_pp is null then 'no comparison'
            when break_note is not null then 'not comparable'
            when significance is null then 'no comparison'
            when significance = 'no clear change' then 'within normal variation'
            when direction_of_travel in ('better', 'worse')
                then significance || ' (' || direction_of_travel || ')'
            else significance || ' (neither good nor bad by itself)'
        end as verdict,
        -- the figure itself
        case
            when is_suppressed or value is null
                then
                    'The figure for ' || {{ inside_sentence('indicator_name') }} || ' in '
                    || {{ area_inside_sentence('area_in_words') }} || ' ' || period_in_words
                    || ' is withheld, because it is a small number or would reveal one.'
            when value_kind = 'count'
                then
                    area_in_words || ' recorded ' || {{ whole_number('value') }} || ' '
                    || case when value = 1 then counted_as_one else counted_as_many end
                    || ' ' || period_in_words
            else
                {{ indicator_as_subject('indicator_name') }} || ' in '
                || {{ area_inside_sentence('area_in_words') }}
                || ' stood at ' || {{ one_decimal('value') }}
                || case when value_kind = 'proportion' then '%' else '' end || ' ' || period_in_words
        end as figure_words,
        -- compared with the year before; two percentages differ in percentage points
        case
            when is_suppressed or value is null then ''
            when change is null and change_pp is null then '.'
            when value_kind = 'proportion' and round(change_pp, 1) = 0
                then ', the same to one decimal place as ' || previous_in_words || '.'
            when value_kind = 'proportion'
                then
                    ', ' || {{ one_decimal('abs(change_pp)') }} || ' percentage points '
                    || case when change_pp > 0 then 'more' else 'less' end
                    || ' than ' || previous_in_words || '.'
            when value_kind = 'count' and change = 0
                then ', the same number as ' || previous_in_words || '.'
            when value_kind = 'count'
                then
                    ', ' || {{ whole_number('abs(change)') }}
                    || case when change > 0 then ' more' else ' fewer' end
                    || case
                        when change_pct is not null and not coalesce(change_pct_is_unreliable, false)
                            then ' (' || {{ one_decimal('abs(change_pct)') }} || '%)'
                        else ''
                    end
                    || ' than ' || previous_in_words || '.'
            when round(change, 1) = 0
                then ', the same to one decimal place as ' || previous_in_words || '.'
            else
                ', ' || {{ one_decimal('abs(change)') }}
                || case when change > 0 then ' more' else ' less' end
                || ' than ' || previous_in_words || '.'
        end as change_words,
        case
            when is_suppressed or value is null then ''
            when change is null and change_pp is null and is_comparison_suppressed
                then ' The figure of the year before is withheld.'
            when change is null and change_pp is null
                then ' There is no complete figure of the year before to compare it with.'
            when break_note is not null
                then
                    ' The two figures are not comparable: '
                    || {{ as_sentence('break_note') }}
            when significance is null then ''
            -- the same number: there is no change to speak of
            when value_kind = 'count' and change = 0 then ''
            when significance = 'no clear change' then ' The change is within normal variation.'
            when polarity = 'neutral' and significance = 'higher'
                then
                    ' The rise is statistically clear. It is neither good nor bad by itself: '
                    || 'it can mean that more is reported or found.'
            when polarity = 'neutral'
                then
                    ' The fall is statistically clear. It is neither good nor bad by itself: '
                    || 'it can mean that less is reported or found.'
            when significance = 'higher' then ' The rise is statistically clear.'
            else ' The fall is statistically clear.'
        end as verdict_words,
        case
            when is_suppressed or value is null or not is_provisional then ''
            else ' The figure is provisional and will be revised.'
        end as provisional_words,
        -- lowest or highest, counted from the nearer end
        case
            when family_rank is null then null
            when polarity = 'higher_is_better' then 'highest'
            else 'lowest'
        end as family_end,
        case
            when force_rate_rank is null then null
            when polarity = 'higher_is_better' then 'highest'
            else 'lowest'
        end as force_end,
        case denominator_kind
            when 'residents' then 'residents'
            when 'households' then 'households'
            when 'adult_females' then 'women aged {{ var("adult_female_age") }} and over'
            when 'aged_10_17' then 'residents aged 10 to 17'
        end as people_in_words
    from described
)

select
    area_code,
    area_name,
    area_type,
    lad_code,
    force_code,
    force_name,
    region_name,
    is_home_area,
    indicator_id,
    indicator_name,
    theme,
    unit,
    polarity,
    period_type,
    period_label,
    period_start,
    period_end,
    period_in_words,
    source,
    source_title,
    value,
    previous_value,
    previous_start,
    previous_end,
    change,
    change_pct,
    change_pp,
    change_pct_is_unreliable,
    significance,
    direction_of_travel,
    verdict,
    denominator,
    denominator_kind,
    population_year,
    rate_per,
    rate,
    rate_lower,
    rate_upper,
    rate_missing_because,
    previous_rate,
    force_rate,
    region_rate,
    country_rate,
    family_scheme,
    family_source,
    family_mean_rate,
    family_rank,
    family_rank_best,
    family_rank_worst,
    family_members_reporting,
    family_size,
    family_is_illustrative,
    family_rank_in_words,
    force_rate_rank,
    force_change_rank,
    force_areas_ranked,
    force_areas_ranked_by_change,
    target_value,
    rag,
    break_note,
    is_provisional,
    is_suppressed,
    is_comparison_suppressed,
    extract_date,
    figure_words || change_words || verdict_words || provisional_words as sentence,
    case
        when rate is not null and value_kind = 'count'
            then
                'That is ' || {{ rate_in_words('rate') }} || ' per ' || {{ whole_number('rate_per') }}
                || coalesce(' ' || people_in_words, '')
                || case
                    when rate_lower is not null
                        then
                            ' (95% confidence interval ' || {{ rate_in_words('rate_lower') }} || ' to '
                            || {{ rate_in_words('rate_upper') }} || ')'
                    else ''
                end
                || case
                    when force_rate is null and region_rate is null and country_rate is null then ''
                    else
                        ', compared with '
                        || array_to_string(list_filter([
                            {{ rate_in_words('force_rate') }} || ' in the ' || force_name || ' police force area',
                            {{ rate_in_words('region_rate') }} || ' in the ' || region_name || ' region',
                            {{ rate_in_words('country_rate') }} || ' in '
                            || case country_code when 'W92000004' then 'Wales' else 'England' end
                        ], part -> part is not null), ', ')
                end
                || case when denominator_kind = 'households' then ' (households of ' else ' (population of ' end
                || cast(population_year as varchar) || ').'
    end as rate_sentence,
    case
        when family_end is not null
            then
                'The rate of ' || {{ area_inside_sentence('area_in_words') }} || ' is the '
                || {{ nth('family_rank', 'family_members_reporting', 'family_end') }} || ' of '
                || case
                    when family_members_reporting = family_size then cast(family_size as varchar)
                    else
                        'the ' || cast(family_members_reporting as varchar)
                        || ' areas that report, of ' || cast(family_size as varchar) || ','
                end
                || ' in its most similar family'
                || case
                    when family_rank_best < family_rank_worst
                        then
                            ' (between ' || {{ place_in_words('family_rank_best') }} || ' and '
                            || {{ place_in_words('family_rank_worst') }} || ')'
                    else ''
                end
                || '; ' || polarity_in_words || '.'
                || case
                    when family_source <> source
                        then
                            ' The rank is by another source than the figure: '
                            || family_source || '.'
                    else ''
                end
                || case
                    when family_is_illustrative
                        then ' The list of this family is an illustration, so the rank is no finding.'
                    else ''
                end
    end as family_sentence,
    case
        when force_end is not null
            then
                'The rate of ' || {{ area_inside_sentence('area_in_words') }} || ' is the '
                || {{ nth('force_rate_rank', 'force_areas_ranked', 'force_end') }} || ' of the '
                || cast(force_areas_ranked as varchar)
                || ' partnerships with figures in the ' || force_name || ' police force area; '
                || polarity_in_words || '.'
    end as force_sentence
from worded
