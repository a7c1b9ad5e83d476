{#- 1 for the row that speaks among those with the same `by`, 2 for the one it replaced, and so on: the newest
    extract speaks. Of two of one day it is the load that comes last by id, and within a load (where a document
    may say a thing twice) its last row, so that every build chooses the same. -#}
{% macro vintage_rank(by, of=none, within_load=false) -%}
    {%- set row = of ~ '.' if of else '' -%}
    row_number() over (
        partition by {{ by | join(', ') }}
        order by {{ row }}extract_date desc, {{ row }}load_id desc{{ ', ' ~ row ~ 'row_number desc' if within_load }}
    )
{%- endmacro %}
