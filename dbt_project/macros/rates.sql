{#- A rate over the period itself, never annualised. A proportion is its own rate, per cent, and so is
    what a supplier states as a rate; NULL where the denominator is nought or not known. -#}
{% macro rate_of(value, value_kind, denominator, rate_per) -%}
    (
        case
            when {{ value_kind }} in ('proportion', 'rate') then {{ value }}
            when {{ denominator }} > 0 then {{ value }} * {{ rate_per }} / {{ denominator }}
        end
    )
{%- endmacro %}
