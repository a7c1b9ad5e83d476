-- The warehouse's change and rate beside those that the ONS publishes for the newest edition in force,
-- one row per area, indicator and measure. Cells with a marker are left out: there is nothing to meet.
with

located as (
    select * from {{ ref('int_ons_pfa_tables__located') }}
),

rates as (
    select * from {{ ref('int_indicator_values') }}
),

denominators as (
    select * from {{ ref('int_source_denominators') }}
),

-- of an area and a year the newest extract's cells
published as (
    select
        *,
        row_number() over (
            partition by table_name, area_code, indicator_id, denominator_kind, period_end
            order by extract_date desc, edition_end desc, load_id desc
        ) as place
    from located
    where
        table_name in ('change_pct', 'rates')
        and indicator_id is not null
        and area_level in ('partnership', 'force')
),

own as (
    select * from rates
    where
        source = 'ons_pfa_tables'
        and period_type = 'rolling_12'
),

compared as (
    select
        published.edition_end,
        published.area_code,
        published.area_level,
        published.indicator_id,
        published.table_name,
        published.denominator_kind,
        published.value as published_value,
        case
            when published.table_name = 'change_pct' then own.change_pct
            when published.denominator_kind = own.denominator_kind then own.rate
            -- residential burglary is published over residents too; our own rate is over households
            else own.value * own.rate_per / denominators.population
        end as own_value
    from published
    inner join own
        on
            published.area_code = own.area_code
            and published.indicator_id = own.indicator_id
            and published.period_end = own.period_end
    left join denominators
        on
            published.area_code = denominators.area_code
            and published.denominator_kind = denominators.population_kind
            and published.period_end = denominators.period_end
            and denominators.source = 'ons_pfa_tables'
    where
        published.place = 1
        and published.value is not null
)

select
    *,
    own_value - published_value as difference,
    abs(own_value - published_value) <= 1e-9 * greatest(1, abs(published_value)) as agrees
from compared
