-- A row is withheld whole where a count in it, or what is left of a count by its part (38 of 40 says
-- 2), is 1 to 4. Since the places of a month sum to the published figure of the area, one row alone
-- would come back by subtraction, and so might several small ones: the smallest row that is not small
-- goes with them. Where the sum still tells them (one row alone, or all of one record), the month's
-- withheld rows are not listed at all: the figure of the area then says nothing of where.
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
        -- a count that is not known (no key was supplied) gives nothing away
        coalesce({{ column_name }} > 0 and {{ column_name }} < {{ var('suppression_threshold') }}, false)
        or {% endfor -%}
        {% for whole, part in [
            ('records', 'records_of_repeat_callers'), ('records', 'records_at_repeat_locations'),
            ('callers', 'repeat_callers'), ('locations', 'repeat_locations'),
        ] -%}
        coalesce(
            {{ part }} > 0
            and {{ whole }} > {{ part }}
            and {{ whole }} - {{ part }} < {{ var('suppression_threshold') }},
            false
        ){% if not loop.last %}
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

marked as (
    select
        *,
        is_small or (has_small and place_in_order = 1) as is_withheld
    from ordered
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
