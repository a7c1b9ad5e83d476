{#- Calendar rules of the field, named once. A financial year runs from April to March and is named
    by the year in which it begins. -#}

{% macro financial_year_of(date_expression) -%}
    cast(year({{ date_expression }} - interval 3 month) as bigint)
{%- endmacro %}

{% macro financial_year_label(year_expression) -%}
    (cast({{ year_expression }} as varchar) || '/' || lpad(cast(({{ year_expression }} + 1) % 100 as varchar), 2, '0'))
{%- endmacro %}

{#- Months as one running number, so that "a year before" is minus twelve whatever the leap year. -#}
{% macro month_number(date_expression) -%}
    cast(year({{ date_expression }}) * 12 + month({{ date_expression }}) as bigint)
{%- endmacro %}

{#- Which type of period a headline is of, where several end on the same day: 1 first. -#}
{% macro headline_period_order(period_type) -%}
    list_position(
        ['ytd', 'financial_year', 'rolling_12', 'quarter', 'month', 'calendar_year'],
        {{ period_type }}
    )
{%- endmacro %}
