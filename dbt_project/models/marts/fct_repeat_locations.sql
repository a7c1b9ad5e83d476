-- A row with any count of 1 to 4 is withheld whole. Since the places of a month sum to the published
-- figure of the area, one row alone would come back by subtraction, and so might several small ones:
-- the smallest row that is not small goes with them.
with

places as (
    select * from {{ ref('int_asb__repeat_places') }}
),

areas as (
    select * from {{ ref('areas') }}
),

judged as (
    select
        *,
        {% for column_name in [
            'records', 'callers', 'repeat_callers', 'records_of_repeat_callers',
            'locations', 'repeat_locations', 'records_at_repeat_locations',
        ] -%}
        ({{ column_name }} > 0 and {{ column_name }} < {{ var('suppression_threshold') }}){% if not loop.last %}
        or {% endif -%}
        {% endfor %} as is_small
    from places
),

ordered as (
    select
        *,
        bool_or(is_small) over (partition by area_code, record_type, month) as has_small,
        row_number() over (
            partition by area_code, record_type, month, is_small
            order by records, place_type, place
        ) as place_in_order
    from judged
),

published as (
    select
        *,
        is_small or (has_small and place_in_order = 1) as is_withheld
    from ordered
)

select
    published.area_code,
    areas.area_name,
    published.record_type,
    published.place_type,
    published.place,
    published.month,
    {% for column_name in [
        'records', 'callers', 'repeat_callers', 'records_of_repeat_callers',
        'locations', 'repeat_locations', 'records_at_repeat_locations',
    ] -%}
    {{ unless_withheld('published.' ~ column_name) }} as {{ column_name }},
    {% endfor -%}
    published.is_withheld as is_suppressed,
    published.extract_date
from published
inner join areas
    on published.area_code = areas.area_code
