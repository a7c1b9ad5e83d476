{#- How many persons of the denominator a gap in percentage points stands for, rounded up, where the
    proportion is worse than the comparator by its polarity; zero where it is not; NULL for neutral
    indicators and without a denominator. Rounded to nine places
    first, so that the last bit of a double makes no further person. -#}
{% macro people_behind(comparator) -%}
    case
        when not is_complete or value_kind <> 'proportion' or polarity = 'neutral' then null
        when {{ comparator }} is null or denominator is null then null
        when (polarity = 'higher_is_better') = (value < {{ comparator }}) and value <> {{ comparator }}
            then cast(ceil(round(abs(value - {{ comparator }}) / 100.0 * denominator, 9)) as bigint)
        else cast(0 as bigint)
    end
{%- endmacro %}
