{# A name as it is compared with others: without capitals, spaces, full stops, commas, apostrophes and hyphens,
   "and" for "&". The same rule as flows/landing/sources/rules/area_names.py, which gives the characters. #}
{% macro folded_name(expression) -%}
    lower(replace(translate({{ expression }}, '{{ var("name_dropped") | replace("'", "''") }}', ''), '&', 'and'))
{%- endmacro %}
