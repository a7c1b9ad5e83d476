-- The number of records is withheld where it is small, or would give a small one back, in this extract or an
-- earlier one (int_asb__withheld_places), and with it the whole row. Where the figure of the area still
-- reveals the withheld rows of a month (one row alone, or all of one record), they are not listed at all.
-- Of the other rows callers and locations are withheld where they are small themselves; those that come
-- again with their records where either is small, or leaves a small rest: who comes once has one record,
-- so that one of the two would reveal the other.
with

places as (
    select * from {{ ref('int_asb__repeat_places') }}
),

withheld_places as (
    select * from {{ ref('int_asb__withheld_places') }}
),

areas as (
    select * from {{ ref('areas') }}
),

marked as (
    select
        places.*,
        withheld_places.place is not null as is_withheld,
        {% for subject, repeats, records in [
            ('callers', 'repeat_callers', 'records_of_repeat_callers'),
            ('locations', 'repeat_locations', 'records_at_repeat_locations'),
        ] -%}
        {% set counts = [
            'places.' ~ repeats,
            'places.' ~ records,
            'places.' ~ subject ~ ' - places.' ~ repeats,
            'places.records - places.' ~ records,
        ] -%}
        places.{{ subject }} between 1 and {{ var('suppression_threshold') }} - 1
            as is_{{ subject }}_withheld,
        {% for counted in counts -%}
        {{ counted }} between 1 and {{ var('suppression_threshold') }} - 1
        {% if not loop.last %}or {% endif -%}
        {% endfor %} as is_{{ repeats }}_withheld{% if not loop.last %},
        {% endif -%}
        {% endfor %}
    from places
    left join withheld_places
        on
            places.area_code = withheld_places.area_code
            and places.record_type = withheld_places.record_type
            and places.place_type = withheld_places.place_type
            and places.place = withheld_places.place
            and places.month = withheld_places.month
),

published as (
    select *
    from marked
    window hidden as (partition by area_code, record_type, month, is_withheld)
    qualify
        not is_withheld
        or (
            count(*) over hidden > 1
            and sum(records) over hidden > count(*) over hidden
        )
)

select
    published.area_code,
    areas.area_name,
    published.record_type,
    published.place_type,
    published.place,
    published.month,
    {{ unless_withheld(['records'], of='published') }},
    {{ unless_withheld(['callers'], ['is_withheld', 'is_callers_withheld'], of='published') }},
    {{ unless_withheld([
        'repeat_callers',
        'records_of_repeat_callers',
    ], ['is_withheld', 'is_repeat_callers_withheld'], of='published') }},
    {{ unless_withheld(['locations'], ['is_withheld', 'is_locations_withheld'], of='published') }},
    {{ unless_withheld([
        'repeat_locations',
        'records_at_repeat_locations',
    ], ['is_withheld', 'is_repeat_locations_withheld'], of='published') }},
    published.is_withheld as is_suppressed,
    {{ any_withheld([
        'is_withheld',
        'is_callers_withheld', 'is_repeat_callers_withheld',
        'is_locations_withheld', 'is_repeat_locations_withheld',
    ]) }} as is_detail_suppressed,
    published.extract_date
from published
inner join areas
    on published.area_code = areas.area_code
