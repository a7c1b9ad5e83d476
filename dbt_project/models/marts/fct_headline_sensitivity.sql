with

headline_sensitivity as (
    select * from {{ ref('int_headline_sensitivity') }}
),

-- a flip says of a choice's sign or rank that it is not the base's, which is then told as well
withheld as (
    select
        headline_sensitivity.area_code,
        headline_sensitivity.indicator_id,
        headline_sensitivity.source,
        headline_sensitivity.period_type,
        headline_sensitivity.period_end,
        headline_sensitivity.denominator_policy,
        withheld.* exclude (source, indicator_id, area_code, period_type, period_end),
        bool_or(
            headline_sensitivity.is_base
            and {{ any_withheld([
                'is_withheld',
                'is_previous_withheld',
                'is_family_withheld',
                'is_force_withheld',
            ]) }}
        ) over (
            partition by headline_sensitivity.area_code, headline_sensitivity.indicator_id
        ) as is_base_withheld
    from headline_sensitivity
    {{ join_withheld('headline_sensitivity') | indent(4) }}
)

select
    headline_sensitivity.area_code,
    headline_sensitivity.area_name,
    headline_sensitivity.indicator_id,
    headline_sensitivity.source,
    headline_sensitivity.period_type,
    headline_sensitivity.period_label,
    headline_sensitivity.period_end,
    headline_sensitivity.denominator_policy,
    headline_sensitivity.is_base,
    {{ unless_withheld('headline_sensitivity.value') }} as value,
    {{ unless_withheld(
        'headline_sensitivity.previous_value',
        ['is_previous_withheld']
    ) }} as previous_value,
    {{ unless_withheld(
        'headline_sensitivity.change',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change,
    {{ unless_withheld(
        'headline_sensitivity.change_pct',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pct,
    {{ unless_withheld(
        'headline_sensitivity.change_pp',
        ['is_withheld', 'is_previous_withheld']
    ) }} as change_pp,
    headline_sensitivity.population_year,
    {{ unless_withheld('headline_sensitivity.rate') }} as rate,
    {{ unless_withheld(
        'headline_sensitivity.previous_rate',
        ['is_previous_withheld']
    ) }} as previous_rate,
    {{ unless_withheld(
        'headline_sensitivity.rate_change',
        ['is_withheld', 'is_previous_withheld']
    ) }} as rate_change,
    {{ unless_withheld(
        'headline_sensitivity.family_rank',
        ['is_withheld', 'is_family_withheld']
    ) }} as family_rank,
    headline_sensitivity.family_members_reporting,
    {{ unless_withheld(
        'headline_sensitivity.force_rank',
        ['is_withheld', 'is_force_withheld']
    ) }} as force_rank,
    headline_sensitivity.force_areas_ranked,
    {{ unless_withheld(
        'headline_sensitivity.sign_flips',
        ['is_withheld', 'is_previous_withheld', 'is_family_withheld', 'is_force_withheld', 'is_base_withheld']
    ) }} as sign_flips,
    {{ unless_withheld(
        'headline_sensitivity.family_rank_flips',
        ['is_withheld', 'is_previous_withheld', 'is_family_withheld', 'is_force_withheld', 'is_base_withheld']
    ) }} as family_rank_flips,
    {{ unless_withheld(
        'headline_sensitivity.force_rank_flips',
        ['is_withheld', 'is_previous_withheld', 'is_family_withheld', 'is_force_withheld', 'is_base_withheld']
    ) }} as force_rank_flips,
    -- one choice that is withheld is enough to keep the comparison of all of them
    case
        when not bool_or({{ any_withheld([
            'is_withheld',
            'is_previous_withheld',
            'is_family_withheld',
            'is_force_withheld',
        ]) }}) over (
                partition by headline_sensitivity.area_code, headline_sensitivity.indicator_id
            )
            then headline_sensitivity.headline_is_sensitive
    end as headline_is_sensitive,
    {{ any_withheld([
        'is_withheld',
        'is_previous_withheld',
        'is_family_withheld',
        'is_force_withheld',
        'is_base_withheld',
    ]) }} as is_suppressed
from headline_sensitivity
inner join withheld
    on
        headline_sensitivity.area_code = withheld.area_code
        and headline_sensitivity.indicator_id = withheld.indicator_id
        and headline_sensitivity.source = withheld.source
        and headline_sensitivity.period_type = withheld.period_type
        and headline_sensitivity.period_end = withheld.period_end
        and headline_sensitivity.denominator_policy = withheld.denominator_policy
