{% set either_year = ['is_withheld', 'is_previous_withheld'] -%}
{% set own = either_year + ['is_family_withheld', 'is_force_withheld'] -%}

with

headline_sensitivity as (
    select * from {{ ref('int_headline_sensitivity') }}
),

-- a flip says of a choice's sign or rank that it is not the base's, which is then known as well
withheld as (
    select
        headline_sensitivity.area_code,
        headline_sensitivity.indicator_id,
        headline_sensitivity.source,
        headline_sensitivity.period_type,
        headline_sensitivity.period_end,
        headline_sensitivity.denominator_policy,
        withheld.* exclude (source, indicator_id, area_code, period_type, period_end),
        bool_or(headline_sensitivity.is_base and ({{ any_withheld(own) }})) over choices
            as is_base_withheld,
        bool_or({{ any_withheld(own) }}) over choices as is_any_choice_withheld
    from headline_sensitivity
    {{ join_withheld('headline_sensitivity') | indent(4) }}
    window choices as (
        partition by headline_sensitivity.area_code, headline_sensitivity.indicator_id
    )
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
    {{ unless_withheld(['value', 'rate'], of='headline_sensitivity') }},
    {{ unless_withheld(
        ['previous_value', 'previous_rate'],
        ['is_previous_withheld'],
        of='headline_sensitivity'
    ) }},
    {{ unless_withheld([
        'change',
        'change_pct',
        'change_pp',
        'rate_change',
    ], either_year, of='headline_sensitivity') }},
    {{ unless_withheld(
        ['family_rank'],
        ['is_withheld', 'is_family_withheld'],
        of='headline_sensitivity'
    ) }},
    {{ unless_withheld(
        ['force_rank'],
        ['is_withheld', 'is_force_withheld'],
        of='headline_sensitivity'
    ) }},
    {{ unless_withheld([
        'sign_flips',
        'family_rank_flips',
        'force_rank_flips',
    ], own + ['is_base_withheld'], of='headline_sensitivity') }},
    -- one choice that is withheld is enough to keep the comparison of all of them
    {{ unless_withheld(
        ['headline_is_sensitive'],
        ['is_any_choice_withheld'],
        of='headline_sensitivity'
    ) }},
    headline_sensitivity.population_year,
    headline_sensitivity.family_members_reporting,
    headline_sensitivity.force_areas_ranked,
    {{ any_withheld() }} as is_suppressed,
    {{ any_withheld(own + ['is_base_withheld']) }} as is_comparison_suppressed
from headline_sensitivity
inner join withheld
    on
        {{ same_figure('headline_sensitivity', 'withheld') }}
        and headline_sensitivity.denominator_policy = withheld.denominator_policy
