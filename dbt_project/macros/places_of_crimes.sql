{#- Where crimes count, portable as the record layer is. -#}

{#- The partnership of rows with an LSOA: `join_lsoa_places('street')` after the `from`, `csp_of_lsoa()` in the
    select. A lookup knows the LSOA's partnership by its code, of either vintage. Where none does, the name says
    it: its local authority's name and five more characters ("Dudley 012A"). -#}
{% macro join_lsoa_places(rows) -%}
    left join {{ ref('int_lsoa_areas') }} as lsoa_areas
        on {{ rows }}.lsoa_code = lsoa_areas.lsoa_code
    left join {{ ref('local_authorities') }} as local_authorities
        on
            substring({{ rows }}.lsoa_name, 1, {{ dbt.length(rows ~ '.lsoa_name') }} - 5)
            = local_authorities.lad_name
{%- endmacro %}

{% macro csp_of_lsoa() -%}
    coalesce(lsoa_areas.csp_code, local_authorities.csp_code)
{%- endmacro %}

{#- Rows counted twice: under the area where the crime happened (`area_code`; none where it is not known), and
    under the force that recorded it, wherever it happened (`force_code`). -#}
{% macro by_place_and_by_force(relation, columns) -%}
    {% for code in ['area_code', 'force_code'] -%}
    select
        {% for column in columns -%}
        {{ column }},
        {% endfor -%}
        {{ code }}{{ ' as area_code' if code != 'area_code' }}
    from {{ relation }}
    where {{ code }} is not null
    {%- if not loop.last %}
    union all
    {% endif -%}
    {% endfor -%}
{%- endmacro %}
