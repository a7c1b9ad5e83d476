-- A failing row is a partnership that lacks a row for a month that its force supplied.
{{ config(
    severity = 'warn',
    meta = {'next_step': 'Read rpt_coverage.areas_not_in_file: has the file rows of it? Else correct data/seeds/areas.csv.'}
) }}

with

months as (
    select * from {{ ref('fct_indicator_values') }}
    where period_type = 'month'
)

select
    forces.source,
    forces.indicator_id,
    forces.period_end,
    areas.area_code
from months as forces
inner join {{ ref('dim_areas') }} as areas
    on
        forces.force_code = areas.force_code
        and areas.area_type = 'csp'
left join months as present
    on
        forces.source = present.source
        and forces.indicator_id = present.indicator_id
        and forces.period_end = present.period_end
        and areas.area_code = present.area_code
where
    forces.area_type = 'force'
    and forces.is_complete
    and present.area_code is null
