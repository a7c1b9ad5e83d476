{#- The column, or NULL in rows of a series that is withheld (is_withheld). -#}
{% macro unless_withheld(column_name) -%}
    case when not is_withheld then {{ column_name }} end
{%- endmacro %}
