{#- Fails with every column that holds a NULL, and on how many rows. One test for all the columns of a
    model: a node for each would cost a small night seconds. -#}
{% test never_null(model, columns) %}

with

counted as (
    select
        {% for column in columns %}{{ "," if not loop.first }}
        count(*) filter (where {{ column }} is null) as {{ column }}{% endfor %}
    from {{ model }}
)

select
    column_name,
    rows_without_value
from counted
unpivot (rows_without_value for column_name in ({{ columns | join(', ') }}))
where rows_without_value > 0

{% endtest %}
