{#- The home areas of the settings (names, LAD codes or E22 codes), as a list of area codes. -#}
{% macro home_areas_list() -%}
    (
        select coalesce(list(area_code), [])
        from {{ ref('areas') }} as known_areas
        where
            area_type = 'csp'
            and (
                {{ lower_list_contains('area_name') }}
                or {{ lower_list_contains('area_code') }}
                or {{ lower_list_contains('lad_code') }}
            )
    )
{%- endmacro %}

{% macro lower_list_contains(column_name) -%}
    list_contains(
        [
            {%- for area in var('home_areas') %}'{{ area | lower | replace("'", "''") }}'
            {%- if not loop.last %}, {% endif %}{% endfor -%}
        ]::varchar[],
        lower({{ column_name }})
    )
{%- endmacro %}
