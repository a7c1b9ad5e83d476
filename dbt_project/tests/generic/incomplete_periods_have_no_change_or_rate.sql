{#- A failing row is a partial count that stands as a value, or was compared or turned into a rate. -#}
{% test incomplete_periods_have_no_change_or_rate(model) %}

select *
from {{ model }}
where
    not is_complete
    and (
        value is not null
        or previous_value is not null
        or change is not null
        or change_pct is not null
        or change_pp is not null
        or rate is not null
        or annualised_rate is not null
        or significance is not null
    )

{% endtest %}
