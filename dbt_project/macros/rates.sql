{#- A rate over the period itself, never annualised. A proportion is its own rate, per cent, and so is
    what a supplier states as a rate; NULL where the denominator is zero or not known. -#}
{% macro rate_of(value, value_kind, denominator, rate_per) -%}
    (
        case
            when {{ value_kind }} in ('proportion', 'rate') then {{ value }}
            when {{ denominator }} > 0 then {{ value }} * {{ rate_per }} / {{ denominator }}
        end
    )
{%- endmacro %}

{#- The people or homes of a denominator as a reader knows them. -#}
{% macro denominator_in_words(denominator_kind) -%}
    (
        case {{ denominator_kind }}
            when 'adult_females' then 'women aged {{ var("adult_female_age") }} and over'
            when 'aged_10_17' then 'people aged 10 to 17'
            else replace({{ denominator_kind }}, '_', ' ')
        end
    )
{%- endmacro %}

{#- A change in per cent of what was before; NULL where that was zero, of which nothing is a per cent. -#}
{% macro percent_change(value, previous) -%}
    case
        when {{ previous }} <> 0 then 100.0 * ({{ value }} - {{ previous }}) / {{ previous }}
    end
{%- endmacro %}
