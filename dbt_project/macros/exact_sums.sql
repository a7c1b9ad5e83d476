{#- Sums and means that are the same to the bit in every build, of DOUBLE values within 1e20.

    Threads add up in any order, which moves the last digits of a sum of fractions. Decimals add up
    exactly in any order; twelve decimals are more than any count, per cent or amount has. An aggregate
    with an order (`sum(value order by month)`) says the same, but keeps all rows of all its groups in
    memory and does not spill: 748 MB for two years of every partnership. -#}

{#- The sum over the rows of the condition; NULL without a value. Errors and other small fractions may need more
    decimals: with 18, twelve digits of a mean stand. -#}
{% macro exact_sum(value, condition='true', decimals=12) -%}
    cast(sum(cast({{ value }} as decimal(38, {{ decimals }}))) filter (where {{ condition }}) as double)
{%- endmacro %}

{#- The mean of the same. -#}
{% macro exact_mean(value, condition='true', decimals=12) -%}
    {{ exact_sum(value, condition, decimals) }} / count({{ value }}) filter (where {{ condition }})
{%- endmacro %}
