{#- A failing row explains more, or less, than the rank moved. -#}
{% test effects_sum_to_the_rank_change(model) %}

select *
from {{ model }}
where own_rate_effect + peers_rates_effect + membership_effect <> rank_change

{% endtest %}
