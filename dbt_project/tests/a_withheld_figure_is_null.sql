-- A failing row says that its figure is withheld, and shows it. One test for all marts: a node for each would
-- cost a small run seconds.
{% set figures = {
    'fct_contributions': 'value',
    'fct_control_charts': 'value',
    'fct_family_ranks': 'rate',
    'fct_force_ranks': 'rate',
    'fct_forecasts': 'value_so_far',
    'fct_funnel': 'value',
    'fct_harm': 'value',
    'fct_headline_sensitivity': 'value',
    'fct_indicator_values': 'coalesce(value, value_so_far)',
    'fct_marac_breakdowns': 'counted',
    'fct_monthly_counts': 'value',
    'fct_outcomes': 'crimes',
    'fct_partner_values': 'value',
    'fct_programme_values': 'value',
    'fct_rank_changes': 'rank',
    'fct_repeat_locations': 'records',
    'fct_reporting_or_harm': 'value',
    'fct_revisions': 'figure',
    'fct_seasonality': 'value',
    'fct_trends': 'last_value',
    'rpt_figures': 'value',
    'rpt_scorecard': 'value',
} -%}
{%- set beside = [
    ('fct_family_ranks', 'is_rank_suppressed', 'rank'),
    ('fct_force_ranks', 'is_rank_suppressed', 'change_rank'),
    ('fct_funnel', 'is_benchmark_suppressed', 'benchmark_rate'),
    ('fct_harm', 'is_severity_suppressed', 'severity'),
    ('fct_reporting_or_harm', 'is_severity_suppressed', 'severity'),
] -%}

{% for mart, figure in figures.items() -%}
select '{{ mart }}' as mart
from {{ ref(mart) }}
where
    is_suppressed
    and {{ figure }} is not null
union all
{% endfor -%}
{% for mart, flag, figure in beside -%}
select '{{ mart }}' as mart
from {{ ref(mart) }}
where
    {{ flag }}
    and {{ figure }} is not null
{% if not loop.last %}union all
{% endif -%}
{% endfor %}
