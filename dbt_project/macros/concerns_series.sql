{#- Whether a break or a note, in which * stands for all, concerns a series: its source, its indicator, and its
    area or that area's force (columns of `area` where the series has no force of its own). -#}
{% macro concerns_series(note, series, area=none) -%}
    {{ note }}.source in ('*', {{ series }}.source)
            and {{ note }}.indicator_id in ('*', {{ series }}.indicator_id)
            and {{ note }}.area_code in ('*', {{ area or series }}.area_code, {{ area or series }}.force_code)
{%- endmacro %}
