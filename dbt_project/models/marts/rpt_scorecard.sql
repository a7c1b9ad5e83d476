{% set either_year = ['is_withheld', 'is_previous_withheld'] -%}

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
    {{ unless_withheld([
        'value',
        'value_so_far',
        'rate',
        'rate_lower',
        'rate_upper',
        'rag',
    ], of='scorecard') }},
    {{ unless_withheld([
        'previous_value',
        'change_pct_is_unreliable',
    ], ['is_previous_withheld'], of='scorecard') }},
    {{ unless_withheld([
        'change',
        'change_pct',
        'change_pp',
        'change_p_value',
        'significance',
        'direction_of_travel',
    ], either_year, of='scorecard') }},
    {{ unless_withheld(['force_rate_rank'], ['is_withheld', 'is_force_withheld'], of='scorecard') }},
    {{ unless_withheld(
        ['force_change_rank'],
        either_year + ['is_force_withheld', 'is_previous_force_withheld'],
        of='scorecard'
    ) }},
    {{ unless_withheld([
        'family_rank',
        'family_rank_best',
        'family_rank_worst',
    ], ['is_family_rank_withheld'], of='scorecard') }},
    scorecard.rate_per,
    scorecard.population_year,
    scorecard.is_population_out_of_date,
    scorecard.denominator_policy,
    scorecard.force_areas_ranked,
    scorecard.family_scheme,
    scorecard.family_source,
    scorecard.family_size,
    scorecard.family_members_reporting,
    scorecard.family_is_illustrative,
    scorecard.target_value,
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
