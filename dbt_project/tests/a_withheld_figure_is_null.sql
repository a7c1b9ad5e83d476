-- A failing row says that its figure is withheld, and shows it: of the marts without such a rule of their own.
-- One test for all of them: a node for each would cost a small run seconds.
{% set figures = [
    ('fct_contributions', 'is_suppressed', 'value'),
    ('fct_family_ranks', 'is_suppressed', 'rate'),
    ('fct_family_ranks', 'is_rank_suppressed', 'rank'),
    ('fct_force_ranks', 'is_suppressed', 'rate'),
    ('fct_force_ranks', 'is_rank_suppressed', 'change_rank'),
    ('fct_monthly_counts', 'is_suppressed', 'value'),
    ('fct_programme_values', 'is_suppressed', 'value'),
    ('rpt_figures', 'is_suppressed', 'value'),
] -%}

{% for mart, flag, figure in figures -%}
select '{{ mart }}' as mart
from {{ ref(mart) }}
where
    {{ flag }}
    and {{ figure }} is not null
{% if not loop.last %}union all
{% endif -%}
{% endfor %}
