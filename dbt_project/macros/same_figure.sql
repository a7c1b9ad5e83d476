{#- Whether two rows are of the same figure: one source's indicator in an area and a period. -#}
{% macro same_figure(one, other) -%}
    {{ one }}.source = {{ other }}.source
            and {{ one }}.indicator_id = {{ other }}.indicator_id
            and {{ one }}.area_code = {{ other }}.area_code
            and {{ one }}.period_type = {{ other }}.period_type
            and {{ one }}.period_end = {{ other }}.period_end
{%- endmacro %}

{#- Whether two rows are of the same series: one source's indicator in an area. -#}
{% macro same_series(one, other) -%}
    {{ one }}.source = {{ other }}.source
            and {{ one }}.indicator_id = {{ other }}.indicator_id
            and {{ one }}.area_code = {{ other }}.area_code
{%- endmacro %}

{#- Whether two rows are of the same indicator and period of one source, in whatever areas: peers. -#}
{% macro same_indicator_and_period(one, other) -%}
    {{ one }}.source = {{ other }}.source
            and {{ one }}.indicator_id = {{ other }}.indicator_id
            and {{ one }}.period_type = {{ other }}.period_type
            and {{ one }}.period_end = {{ other }}.period_end
{%- endmacro %}
