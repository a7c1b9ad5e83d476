with

scorecard as (
    select * from {{ ref('int_scorecard') }}
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
    {{ unless_withheld(
        'scorecard.family_rank',
        ['is_withheld', 'is_family_withheld']
    ) }} as family_rank,
    {{ unless_withheld(
        'scorecard.family_rank_best',
        ['is_withheld', 'is_family_withheld']
    ) }} as family_rank_best,
    {{ unless_withheld(
        'scorecard.family_rank_worst',
        ['is_withheld', 'is_family_withheld']
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
        'is_family_withheld',
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
