-- The partnerships that the scorecard and whatever is made for home areas only is about, in the order
-- of the settings; without home areas in the settings every partnership is one.
with

areas as (
    select * from {{ ref('areas') }}
),

wanted as (
    select lower(area) as spelling, place as home_order
    from (
        values
        {% for area in var('home_areas') -%}
        ('{{ area | replace("'", "''") }}', {{ loop.index }}),
        {%- else -%}
        ('', 0),
        {%- endfor %}
    ) as listed (area, place)
)

select
    areas.area_code,
    areas.area_name,
    areas.force_code,
    cast({% if var('home_areas') %}min(wanted.home_order){% else %}
        row_number() over (order by areas.area_name, areas.area_code){% endif %} as bigint)
        as home_order
from areas
{% if var('home_areas') -%}
inner join wanted
    on
        lower(areas.area_name) = wanted.spelling
        or lower(areas.area_code) = wanted.spelling
        or lower(areas.lad_code) = wanted.spelling
{%- endif %}
where areas.area_type = 'csp'
{% if var('home_areas') -%}
group by
    areas.area_code,
    areas.area_name,
    areas.force_code
{%- endif %}
