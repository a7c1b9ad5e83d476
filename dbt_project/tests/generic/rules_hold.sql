{#- Fails with every named rule that rows of the table break, and how many rows break it. All rules of a
    table are one scan and one node; README.md says what each kind of rule asks. -#}
{% test rules_hold(model, rules) %}
{{ config(fail_calc = "coalesce(sum(failing_rows), 0)") }}

with

counted as (
    select
        {% for name, rule in rules.items() %}{{ "," if not loop.first }}
        cast(
            {% if 'key' in rule %}
            count(*) - (select count(*) from (select distinct {{ rule.key | join(', ') }} from {{ model }}))
            {% elif 'unique' in rule %}
            count(*) filter (where {{ rule.where | default('true') }})
            - count(distinct row({{ rule.unique | join(', ') }})) filter (where {{ rule.where | default('true') }})
            {% elif 'some_row' in rule %}
            case when count(*) filter (where {{ rule.some_row }}) = 0 then 1 else 0 end
            {% else %}
            count(*) filter (where
                {% if 'every_row' in rule %}
                not coalesce({{ rule.every_row }}, true)
                {% elif 'never_null' in rule %}
                ({{ rule.where | default('true') }})
                and ({{ rule.never_null | join(' is null or ') }} is null)
                {% elif 'values_of' in rule %}
                {{ rule.values_of }} not in (
                    {%- for value in rule.are %}{{ value if value is number else "'" ~ value | replace("'", "''") ~ "'" }}{{ ", " if not loop.last }}
                    {%- endfor -%}
                )
                {% elif 'in_order' in rule %}
                {%- for one in rule.in_order %}{% set later = loop.nextitem %}{% if later is defined %}
                {{ "or" if not loop.first }} {{ one }} - {{ later }} > 1e-9 * greatest(abs({{ one }}), abs({{ later }}))
                {%- endif %}{% endfor %}
                {% elif 'at_least_zero' in rule %}
                least({{ rule.at_least_zero | join(', ') }}, 0) < 0
                {% elif 'percentages' in rule %}
                least({{ rule.percentages | join(', ') }}, 0) < 0 or greatest({{ rule.percentages | join(', ') }}, 0) > 100
                {% elif 'null_when' in rule %}
                ({{ rule.null_when }})
                and ({% for column in rule.columns %}{{ " or " if not loop.first }}{{ column }} is not null{% endfor %})
                {% elif 'column' in rule %}
                {{ rule.column }} is not null
                and not coalesce(
                    abs({{ rule.column }} - ({{ rule.equals }})) <= 1e-9 * greatest(1, abs({{ rule.equals }})), false
                )
                {% endif %}
            )
            {% endif %}
            as bigint
        ) as {{ name }}{% endfor %}
    from {{ model }}
)

select
    rule,
    failing_rows
from counted
unpivot (failing_rows for rule in ({{ rules | join(', ') }}))
where failing_rows > 0

{% endtest %}
