-- The supplied months of focus areas whose records are still there: what is counted from records alone
-- (severity, outcomes) is known of these, and zero where they hold none.
with

counted_months as (
    select * from {{ ref('int_counted_months') }}
    where is_supplied
),

removed_months as (
    select * from {{ ref('int_removed_months') }}
),

focus_areas as (
    select * from {{ ref('int_focus_areas') }}
)

select
    counted_months.source,
    counted_months.indicator_id,
    counted_months.area_code,
    counted_months.month
from counted_months
inner join focus_areas
    on counted_months.area_code = focus_areas.area_code
left join removed_months
    on
        counted_months.source = removed_months.source
        and counted_months.area_code = removed_months.area_code
        and counted_months.month = removed_months.month
where removed_months.month is null
