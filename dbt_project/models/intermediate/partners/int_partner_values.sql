-- Partner figures beside their region, country, top quartile and recommended level, in full (private).
-- gap is the figure less the comparator; people_behind is how many persons of the denominator the gap
-- stands for where the figure is the worse one.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

areas as (
    select * from {{ ref('areas') }}
),

comparators as (
    select * from {{ ref('int_partner_comparators') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
),

withheld_rows as (
    select * from {{ ref('int_withheld_rows') }}
),

-- A stated comparator of a sensitive count is a total of areas like any other: it stands only where no
-- area's figure of the period is withheld, and where it is no small number itself.
withheld_periods as (
    select distinct
        indicator_id,
        period_type,
        period_end
    from withheld_rows
    where is_withheld
),

partner_values as (
    select
        indicator_values.*,
        coalesce(indicators.is_sensitive, false) as is_sensitive,
        withheld_periods.indicator_id is not null as is_withheld_somewhere,
        areas.region_code,
        areas.country_code,
        coalesce(withheld_rows.is_withheld, false) as is_withheld
    from indicator_values
    inner join indicators
        on indicator_values.indicator_id = indicators.indicator_id
    inner join areas
        on indicator_values.area_code = areas.area_code
    left join withheld_rows
        on {{ same_figure('indicator_values', 'withheld_rows') }}
    left join withheld_periods
        on
            indicator_values.indicator_id = withheld_periods.indicator_id
            and indicator_values.period_type = withheld_periods.period_type
            and indicator_values.period_end = withheld_periods.period_end
    where
        indicator_values.value_kind <> 'count'
        or indicators.source_rule like 'partner_returns%'
        or indicators.source_rule like 'marac%'
),

benchmarked as (
    select
        partner_values.source,
        partner_values.indicator_id,
        partner_values.area_code,
        partner_values.period_type,
        partner_values.period_end,
        arg_max(benchmarks.benchmark_value, benchmarks.valid_from) as benchmark_value,
        arg_max(benchmarks.benchmark_source, benchmarks.valid_from) as benchmark_source
    from partner_values
    inner join benchmarks
        on
            partner_values.indicator_id = benchmarks.indicator_id
            and partner_values.period_end >= benchmarks.valid_from
    group by all
),

compared as (
    select
        partner_values.source,
        partner_values.indicator_id,
        partner_values.indicator_name,
        partner_values.theme,
        partner_values.unit,
        partner_values.polarity,
        partner_values.value_kind,
        partner_values.area_code,
        partner_values.area_name,
        partner_values.area_type,
        partner_values.period_type,
        partner_values.period_label,
        partner_values.period_start,
        partner_values.period_end,
        partner_values.is_complete,
        partner_values.value,
        case when partner_values.is_complete then partner_values.numerator end as numerator,
        partner_values.denominator,
        -- the limits are those of the rate: a count must not stand beside them
        case when partner_values.value_kind <> 'count' then partner_values.rate_lower end
            as value_lower,
        case when partner_values.value_kind <> 'count' then partner_values.rate_upper end
            as value_upper,
        coalesce(region.value, stated_region.value) as region_value,
        coalesce(country.value, stated_country.value) as country_value,
        top_quartile.value as top_quartile_value,
        benchmarked.benchmark_value,
        benchmarked.benchmark_source,
        partner_values.is_withheld,
        partner_values.extract_date
    from partner_values
    left join partner_values as region
        on
            partner_values.source = region.source
            and partner_values.indicator_id = region.indicator_id
            and partner_values.period_type = region.period_type
            and partner_values.period_end = region.period_end
            and partner_values.region_code = region.area_code
            and partner_values.area_code <> region.area_code
            and region.is_complete
            -- what is withheld of it cannot stand beside its areas
            and not region.is_withheld
    left join partner_values as country
        on
            partner_values.source = country.source
            and partner_values.indicator_id = country.indicator_id
            and partner_values.period_type = country.period_type
            and partner_values.period_end = country.period_end
            and partner_values.country_code = country.area_code
            and partner_values.area_code <> country.area_code
            and country.is_complete
            -- what is withheld of it cannot stand beside its areas
            and not country.is_withheld
    {% for comparator in ['region', 'country', 'top_quartile'] -%}
    {% set relation = comparator if comparator == 'top_quartile' else 'stated_' ~ comparator -%}
    left join comparators as {{ relation }}
        on
            {{ relation }}.comparator = '{{ comparator }}'
            and partner_values.area_code = {{ relation }}.area_code
            and partner_values.indicator_id = {{ relation }}.indicator_id
            and partner_values.period_start = {{ relation }}.period_start
            and partner_values.period_end = {{ relation }}.period_end
            and partner_values.source = 'partner_returns'
            and not (
                partner_values.is_sensitive
                and (
                    partner_values.is_withheld_somewhere
                    or (
                        partner_values.value_kind = 'count'
                        and {{ relation }}.value > 0
                        and {{ relation }}.value < {{ var('suppression_threshold') }}
                    )
                )
            )
    {% endfor -%}
    left join benchmarked
        on {{ same_figure('partner_values', 'benchmarked') }}
)

select
    *,
    {% for comparator in ['region', 'country', 'top_quartile'] -%}
    case when is_complete then value - {{ comparator }}_value end as {{ comparator }}_gap,
    {{ people_behind(comparator ~ '_value') }} as people_behind_{{ comparator }},
    {% endfor -%}
    case when is_complete then value - benchmark_value end as benchmark_gap
from compared
