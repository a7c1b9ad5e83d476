{#- A model's schema is the folder it lives in (staging, intermediate, main), without the target's
    name in front: published readers and the private warehouse see the same names. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
