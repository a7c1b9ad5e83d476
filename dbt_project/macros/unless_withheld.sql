{#- How a mart withholds: `join_withheld('figures')` after its `from`, and the columns that say something of
    a count in lists, one list for each set of flags. dbt puts the columns of a mart in the order of its
    contract, so that a list may stand anywhere in the select. -#}

{#- The columns, each NULL in rows where one of the flags is set: is_withheld (the row's own figure),
    is_previous_withheld (the year before), is_baseline_withheld (any of the three years before),
    is_family_withheld or is_force_withheld (a member of the circle it is compared with). -#}
{% macro unless_withheld(columns, flags=['is_withheld'], of=none) -%}
    {%- for column in columns -%}
    case when not ({{ any_withheld(flags) }}) then {{ of ~ '.' if of }}{{ column }} end as {{ column }}
    {%- if not loop.last %},
    {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- Whether one of the flags is set; a row that is not listed has none. -#}
{% macro any_withheld(flags=['is_withheld']) -%}
    {% for flag in flags %}coalesce({{ flag }}, false){% if not loop.last %} or {% endif %}{% endfor %}
{%- endmacro %}

{#- The join that brings the flags, by source, indicator, area, period type and period end. -#}
{% macro join_withheld(relation) -%}
    left join {{ ref('int_withheld_rows') }} as withheld
        on {{ same_figure(relation, 'withheld') }}
{%- endmacro %}
