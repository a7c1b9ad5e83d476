-- One row per indicator, area and period of a force's extracts whose severity is withheld: it would reveal a
-- sensitive count of the same area and period that is withheld itself (int_revealing_severities).
with

withheld_cells as (
    select * from {{ ref('int_withheld_cells') }}
    where source = 'force_extract'
),

revealing as (
    select * from {{ ref('int_revealing_severities') }}
),

areas as (
    select * from {{ ref('areas') }}
),

years_after as (
    select unnest([0, 12]) as months_after
)

select
    withheld_cells.source,
    revealing.indicator_id,
    withheld_cells.area_code,
    withheld_cells.period_type,
    last_day(withheld_cells.period_end + to_months(cast(years_after.months_after as integer)))
        as period_end,
    bool_or(years_after.months_after = 0) as is_severity_withheld,
    bool_or(years_after.months_after = 12) as is_previous_severity_withheld
from withheld_cells
inner join areas
    on withheld_cells.area_code = areas.area_code
inner join revealing
    on
        areas.force_code = revealing.force_code
        and withheld_cells.indicator_id = revealing.sensitive_indicator_id
cross join years_after
group by all
