{#- First and last day of a period as partnerships write it: 2017/18, or 2017/18 Q2. -#}
{% macro financial_period_start(column_name) -%}
    cast(
        make_date(cast({{ column_name }}[1:4] as integer), 4, 1)
        + to_months(3 * (coalesce(try_cast({{ column_name }}[10:10] as integer), 1) - 1))
        as date
    )
{%- endmacro %}

{% macro financial_period_end(column_name) -%}
    cast(
        make_date(cast({{ column_name }}[1:4] as integer), 4, 1)
        + to_months(3 * coalesce(try_cast({{ column_name }}[10:10] as integer), 4))
        - to_days(1)
        as date
    )
{%- endmacro %}
