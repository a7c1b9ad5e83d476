{#- Which counts of a record source are in force: of each scope, indicator and month those of the newest
    extract that covers it, and of the scopes of one force those of the one that speaks for the area.
    `join_in_force('counts')` after the `from`, `is_in_force('counts')` in the `where`. -#}
{% macro join_in_force(counts) -%}
    inner join {{ ref('int_current_coverage') }} as coverage
        on
            {{ counts }}.load_id = coverage.load_id
            and {{ counts }}.dataset = coverage.dataset
            and {{ counts }}.scope = coverage.scope
            and {{ counts }}.indicator_id = coverage.indicator_id
            and {{ counts }}.month = coverage.period_start
    left join {{ ref('int_scope_forces') }} as scope_forces
        on {{ counts }}.scope = scope_forces.scope
    left join {{ ref('int_speaking_scopes') }} as speaking
        on
            {{ counts }}.dataset = speaking.dataset
            and {{ counts }}.indicator_id = speaking.indicator_id
            and {{ counts }}.month = speaking.month
            and {{ counts }}.area_code = speaking.area_code
            and scope_forces.force_code = speaking.force_code
{%- endmacro %}

{% macro is_in_force(counts) -%}
    (speaking.scope is null or speaking.scope = {{ counts }}.scope)
{%- endmacro %}
