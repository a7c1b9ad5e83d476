{#- The last unbroken stretch of each series of `months` (rows of int_chart_months), and how many months are
    missing after it up to the March that ends the financial year. -#}
{% macro last_stretches(months) -%}
    select
        source,
        indicator_id,
        area_code,
        max(month) as last_month,
        (15 - month(max(month))) % 12 as months_ahead,
        arg_max(segment, month) as segment,
        arg_max(stretch, month) as stretch
    from {{ months }}
    group by all
{%- endmacro %}

{#- Whether a month is in the last stretch of its own series. -#}
{% macro is_in_last_stretch(months, last_stretches) -%}
    {{ same_series(months, last_stretches) }}
            and {{ months }}.segment = {{ last_stretches }}.segment
            and {{ months }}.stretch = {{ last_stretches }}.stretch
{%- endmacro %}
