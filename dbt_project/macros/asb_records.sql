{#- Rules of records of anti-social behaviour, portable as the record layer is. -#}

{#- A record is in one place: its ward, else its LSOA. -#}
{% macro place_type_of_incident(records) -%}
    case
        when {{ records }}.ward is not null then 'ward'
        when {{ records }}.lsoa_code is not null then 'lsoa'
        else 'unknown'
    end
{%- endmacro %}

{% macro place_of_incident(records) -%}
    coalesce({{ records }}.ward, {{ records }}.lsoa_code, 'unknown')
{%- endmacro %}

{% macro month_of_incident(records) -%}
    cast(date_trunc('month', {{ records }}.occurred_on) as date)
{%- endmacro %}

{#- The scope under which the catalog has the area, however the file spells it. -#}
{% macro scope_of_incident(areas) -%}
    case
        when {{ areas }}.area_type in ('csp', 'country') then {{ areas }}.area_name
        else {{ areas }}.area_code
    end
{%- endmacro %}

{% macro indicator_of_incident(record_type) -%}
    case when {{ record_type }} = 'call' then 'asb_calls_for_service' else 'asb_incidents' end
{%- endmacro %}
