with

scorecard as (
    select * from {{ ref('int_scorecard') }}
),

-- the rank in the family may be of another source than the figure
family_withheld as (
    select
        source as family_source,
        indicator_id as family_indicator_id,
        area_code as family_area_code,
        period_type as family_period_type,
        period_end as family_period_end,
        is_withheld or is_family_withheld as is_family_rank_withheld
    from {{ ref('int_withheld_rows') }}
)

select
    scorecard.home_order,
    scorecard.headline_order,
    scorecard.area_code,
    scorecard.area_name,
    scorecard.force_code,
    scorecard.indicator_id,
    scorecard.indicator_name,
    scorecard.source,
    scorecard.unit,
    scorecard.polarity,
    scorecard.period_type,
    scorecard.period_label,
    scorecard.period_end,
    scorecard.is_complete,
    scorecard.months_expected,
    scorecard.months_supplied,
    {{ unless_withheld('scorecard.value') }} as value,
    {{ unless_withheld('scorecard.value_so_far') }} as value_so_far,
    {{ unless_withheld('scorecard.previous_value', ['is_previous_withheld']) }} as previous_value,
    {{ unless_withheld('scorecard.change', ['is_withheld', 'is_previous_withheld']) }} as change,
    {{ unless_withheld(
        'scorecard.change_pct',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pct,
    {{ unless_withheld(
        'scorecard.change_pp',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pp,
    {{ unless_withheld(
        'scorecard.change_pct_is_unreliable',
        ['is_previous_withheld']
    ) }} as change_pct_is_unreliable,
    {{ unless_withheld(
        'scorecard.change_p_value',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_p_value,
    {{ unless_withheld(
        'scorecard.significance',
        ['is_withheld', 'is_previous_withheld']
    ) }} as significance,
    {{ unless_withheld(
        'scorecard.direction_of_travel',
        ['is_withheld', 'is_previous_withheld']
    ) }} as direction_of_travel,
    {{ unless_withheld('scorecard.rate') }} as rate,
    scorecard.rate_per,
    {{ unless_withheld('scorecard.rate_lower') }} as rate_lower,
    {{ unless_withheld('scorecard.rate_upper') }} as rate_upper,
    scorecard.population_year,
    scorecard.is_population_out_of_date,
    scorecard.denominator_policy,
    {{ unless_withheld(
        'scorecard.force_rate_rank',
        ['is_withheld', 'is_force_withheld']
    ) }} as force_rate_rank,
    {{ unless_withheld(
        'scorecard.force_change_rank',
        ['is_withheld', 'is_force_withheld', 'is_previous_withheld', 'is_previous_force_withheld']
    ) }} as force_change_rank,
    scorecard.force_areas_ranked,
    scorecard.family_scheme,
    scorecard.family_source,
    {{ unless_withheld(
        'scorecard.family_rank',
        ['is_family_rank_withheld']
    ) }} as family_rank,
    {{ unless_withheld(
        'scorecard.family_rank_best',
        ['is_family_rank_withheld']
    ) }} as family_rank_best,
    {{ unless_withheld(
        'scorecard.family_rank_worst',
        ['is_family_rank_withheld']
    ) }} as family_rank_worst,
    scorecard.family_size,
    scorecard.family_members_reporting,
    scorecard.family_is_illustrative,
    scorecard.target_value,
    {{ unless_withheld('scorecard.rag') }} as rag,
    scorecard.break_note,
    scorecard.is_provisional,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld([
        'is_previous_withheld',
        'is_family_rank_withheld',
        'is_force_withheld',
        'is_previous_force_withheld',
    ]) }} as is_comparison_suppressed,
    case
        when {{ any_withheld() }} then 'withheld: a small number'
        when {{ any_withheld(['is_previous_withheld']) }}
            then 'no figure to compare with: a small number is withheld'
        else scorecard.in_words
    end as in_words,
    scorecard.extract_date
from scorecard
{{ join_withheld('scorecard') }}
left join family_withheld
    on
        scorecard.family_source = family_withheld.family_source
        and scorecard.indicator_id = family_withheld.family_indicator_id
        and scorecard.area_code = family_withheld.family_area_code
        and scorecard.period_type = family_withheld.family_period_type
        and scorecard.period_end = family_withheld.family_period_end
