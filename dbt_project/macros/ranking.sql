{#- Rules of ranking, named once. -#}

{#- Smaller is better by this expression: the rate turned round where higher is better. Neutral
    indicators are put lowest first, which says nothing about better or worse. -#}
{% macro best_first(figure, polarity) -%}
    (case when {{ polarity }} = 'higher_is_better' then -{{ figure }} else {{ figure }} end)
{%- endmacro %}

{#- Standard competition rank, counted over the peers of a row: one more than come before it. -#}
{% macro rank_behind(comes_before) -%}
    1 + count(*) filter (where {{ comes_before }})
{%- endmacro %}

{#- A place where there are others: one among one says nothing. -#}
{% macro place_among(rank, members) -%}
    case when {{ members }} > 1 then {{ rank }} end
{%- endmacro %}

{#- What being 1st means, so that no reader takes the lowest count of a hidden crime for the best. -#}
{% macro rank_basis(polarity) -%}
    (
        case {{ polarity }}
            when 'higher_is_better' then 'highest is 1st, which is best'
            when 'lower_is_better' then 'lowest is 1st, which is best'
            else 'lowest is 1st, which is neither best nor worst'
        end
    )
{%- endmacro %}

{#- 1st, 2nd, 3rd, 4th, 11th, 21st. -#}
{% macro ordinal(number) -%}
    (
        cast({{ number }} as varchar)
        || case
            when {{ number }} % 100 between 11 and 13 then 'th'
            when {{ number }} % 10 = 1 then 'st'
            when {{ number }} % 10 = 2 then 'nd'
            when {{ number }} % 10 = 3 then 'rd'
            else 'th'
        end
    )
{%- endmacro %}

{#- Quartile of a rank among `members`: floor((k + 1) - ceil(((n + 1) - rank) / (n / k))) with k = 4,
    in whole numbers, so that 15 members fall into 4, 4, 4 and 3 without a rounding error. -#}
{% macro quartile_by_rank(rank, members) -%}
    (5 - (({{ members }} + 1 - {{ rank }}) * 4 + {{ members }} - 1) // {{ members }})
{%- endmacro %}

{#- Whether a date lies within a dated membership; an empty day leaves that side open, and the last
    day still belongs to it. -#}
{% macro is_member_on(date_expression, valid_from, valid_to) -%}
    (
        ({{ valid_from }} is null or {{ date_expression }} >= {{ valid_from }})
        and ({{ valid_to }} is null or {{ date_expression }} <= {{ valid_to }})
    )
{%- endmacro %}
