{#- What the marts of charts say of a series beside its figures: `series_labels()` in the select, and
    `join_series_labels('points')` after its `from`. A series of which any period is withheld is withheld whole. -#}
{% macro series_labels() -%}
    indicators.indicator_name,
    indicators.polarity,
    areas.area_name,
    areas.area_type,
    areas.force_code,
    withheld_series.source is not null as is_withheld
{%- endmacro %}

{% macro join_series_labels(relation) -%}
    inner join {{ ref('int_indicators') }} as indicators
        on {{ relation }}.indicator_id = indicators.indicator_id
    inner join {{ ref('areas') }} as areas
        on {{ relation }}.area_code = areas.area_code
    left join {{ ref('int_withheld_series') }} as withheld_series
        on {{ same_series(relation, 'withheld_series') }}
{%- endmacro %}
