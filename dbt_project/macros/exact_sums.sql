{#- Sums and means that are the same to the bit in every build.

    Threads add up in any order, which moves the last digits of fractions; whole numbers add up exactly
    in any order. An aggregate with an order keeps all rows of its groups in memory and does not spill
    (32 kB for each group of more than 16 rows), so only fractions are put in order. -#}

{#- The sum of a DOUBLE in the order given, over the rows of the condition; NULL without a value. -#}
{% macro exact_sum(value, ordered_by, condition='true') -%}
    case
        when count({{ value }}) filter (where {{ condition }}) > 0
            then
                coalesce(sum({{ value }}) filter (
                    where {{ condition }} and {{ value }} = trunc({{ value }})
                ), 0)
                + coalesce(sum({{ value }} order by {{ ordered_by }}) filter (
                    where {{ condition }} and {{ value }} <> trunc({{ value }})
                ), 0)
    end
{%- endmacro %}

{#- The mean of the same. -#}
{% macro exact_mean(value, ordered_by, condition='true') -%}
    {{ exact_sum(value, ordered_by, condition) }}
    / nullif(count({{ value }}) filter (where {{ condition }}), 0)
{%- endmacro %}
