{#- Words for numbers and names, as docs/glossary.md and GOV.UK's style have them. -#}

{#- 10545 as 10,545: whole numbers only. -#}
{% macro whole_number(number) -%}
    format('{:,}', cast(round({{ number }}) as bigint))
{%- endmacro %}

{#- A half goes away from zero, as people and spreadsheets round and `format` by itself does not: 6.25 is
    6.3. What a division leaves beyond nine decimals is noise. Papers do the same: flows/rounding.py. -#}
{% macro rounded(number, decimals) -%}
    cast(round(cast(cast({{ number }} as double) as decimal(28, 9)), {{ decimals }}) as double)
{%- endmacro %}

{#- 15.93 as 15.9, 1234.56 as 1,234.6. -#}
{% macro one_decimal(number) -%}
    format('{:,.1f}', {{ rounded(number, 1) }})
{%- endmacro %}

{#- A rate with one decimal, and with two where it is below 1: 0.1 (0.1 to 0.1) says nothing. -#}
{% macro rate_in_words(number) -%}
    (
        case
            when {{ number }} < 1 then format('{:.2f}', {{ rounded(number, 2) }})
            else {{ one_decimal(number) }}
        end
    )
{%- endmacro %}

{#- A name inside a sentence: a capital that only begins the name goes, MARAC stays. -#}
{% macro inside_sentence(name) -%}
    (
        case
            when regexp_matches({{ name }}, '^[A-Z][A-Z]') then {{ name }}
            else lower({{ name }}[1]) || {{ name }}[2:]
        end
    )
{%- endmacro %}

{#- A measured indicator as the subject of a sentence: "The MARAC repeat rate", and "Youth reoffending",
    for only the name of a rate, a share or the like takes "The". -#}
{% macro indicator_as_subject(name) -%}
    (
        case
            when {{ name }} ilike 'the %' then upper({{ name }}[1]) || {{ name }}[2:]
            when
                regexp_matches(
                    {{ name }}, '\b(rate|share|proportion|percentage|number|level|ratio|average|score|index)\b', 'i'
                )
                and not regexp_matches({{ name }}, ' per ', 'i')
                then 'The ' || {{ inside_sentence(name) }}
            else upper({{ name }}[1]) || {{ name }}[2:]
        end
    )
{%- endmacro %}

{#- An area as the subject of a sentence: a force and a region can share a name. -#}
{% macro area_in_words(area_name, area_type) -%}
    (
        case
            when {{ area_type }} = 'force' and {{ area_name }} not like '%Police'
                then 'The ' || {{ area_name }} || ' police force'
            when {{ area_type }} = 'force' then 'The ' || {{ area_name }}
            when {{ area_type }} = 'region' then 'The ' || {{ area_name }} || ' region'
            else {{ area_name }}
        end
    )
{%- endmacro %}

{#- An area in the middle of a sentence: "the West Midlands police force", and Dudley as it is. -#}
{% macro area_inside_sentence(area_in_words) -%}
    (
        case
            when {{ area_in_words }} like 'The %' then 'the ' || {{ area_in_words }}[5:]
            else {{ area_in_words }}
        end
    )
{%- endmacro %}

{#- A note as a sentence of its own: one full stop at its end. -#}
{% macro as_sentence(words) -%}
    (rtrim(trim({{ words }}), '.') || '.')
{%- endmacro %}

{#- first, second … tenth, then 11th, 12th. -#}
{% macro place_in_words(number) -%}
    (
        case
            when {{ number }} <= 10
                then
                    [
                        'first', 'second', 'third', 'fourth', 'fifth',
                        'sixth', 'seventh', 'eighth', 'ninth', 'tenth'
                    ][{{ number }}]
            else {{ ordinal(number) }}
        end
    )
{%- endmacro %}

{#- A rank counted from one end, as in 'second lowest': 'lowest' for the first, and for the last of all
    the name of the other end. -#}
{% macro nth(number, all, end) -%}
    (
        case
            when {{ number }} = 1 then {{ end }}
            when {{ number }} = {{ all }} then case {{ end }} when 'lowest' then 'highest' else 'lowest' end
            else {{ place_in_words(number) }} || ' ' || {{ end }}
        end
    )
{%- endmacro %}
