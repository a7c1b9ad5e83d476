-- One row per indicator, area and period of a force's extracts whose severity is withheld: it would tell a
-- sensitive count of the same area and period that is withheld itself (int_telling_severities).
with

withheld_cells as (
    select * from {{ ref('int_withheld_cells') }}
    where source = 'force_extract'
),

telling as (
    select * from {{ ref('int_telling_severities') }}
),

areas as (
    select * from {{ ref('areas') }}
),

years_after as (
    select unnest([0, 12]) as months_after
)

select
    withheld_cells.source,
    telling.indicator_id,
    withheld_cells.area_code,
    withheld_cells.period_type,
    last_day(withheld_cells.period_end + to_months(cast(years_after.months_after as integer)))
        as period_end,
    bool_or(years_after.months_after = 0) as is_severity_withheld,
    bool_or(years_after.months_after = 12) as is_previous_severity_withheld
from withheld_cells
inner join areas
    on withheld_cells.area_code = areas.area_code
inner join telling
    on
        areas.force_code = telling.force_code
        and withheld_cells.indicator_id = telling.sensitive_indicator_id
cross join years_after
group by all
