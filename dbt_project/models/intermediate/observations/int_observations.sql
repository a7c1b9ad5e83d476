-- Every observation in force, of every source, each with its own period. A source adds a line below.
with

{% set observation_models = [
    'int_counted_observations',
    'int_partner_returns__observations',
    'int_force_counts__observations',
] -%}

all_sources as (
    {% for model in observation_models -%}
    select
        source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        denominator,
        stated_value,
        is_supplied,
        extract_date
    from {{ ref(model) }}
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor -%}
)

select
    source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    {{ month_number('period_end') }} - {{ month_number('period_start') }} + 1 as months,
    numerator,
    denominator,
    stated_value,
    is_supplied,
    extract_date
from all_sources
