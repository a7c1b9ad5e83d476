{#- A failing row's change does not follow from its two figures. -#}
{% test change_is_value_less_previous(model) %}

select *
from {{ model }}
where
    change is not null
    and abs(change - (value - previous_value)) > 1e-9

{% endtest %}
