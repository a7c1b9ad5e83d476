-- Cells of the ONS partnership tables with the area and the indicator that they are of. What a force
-- could give to no partnership ("Unassigned", an airport) is its location-unknown row. The code on
-- such a row can be another force's; its name is right.
with

cells as (
    select * from {{ ref('stg_ons_pfa_tables__cells') }}
),

areas as (
    select * from {{ ref('areas') }}
),

offences as (
    select * from {{ ref('ons_pfa_offences') }}
),

force_rows as (
    select distinct
        load_id,
        force_name,
        force_code
    from cells
    where area_level = 'force'
),

coded as (
    select
        cells.*,
        case cells.area_level
            when 'partnership' then cells.csp_code
            when 'unassigned' then force_rows.force_code || '_unknown'
            when 'other' then force_rows.force_code || '_unknown'
            else cells.force_code
        end as area_code
    from cells
    left join force_rows
        on
            cells.load_id = force_rows.load_id
            and cells.force_name = force_rows.force_name
    where cells.table_name <> 'combined_authorities'
)

select
    coded.load_id,
    coded.extract_date,
    coded.edition_end,
    coded.table_name,
    coded.period_start,
    coded.period_end,
    coded.area_level,
    areas.area_code,
    offences.indicator_id,
    coalesce(
        offences.rate_denominator_kind,
        case coded.measure when 'population' then 'residents' when 'households' then 'households' end
    ) as denominator_kind,
    coded.measure,
    coded.measure_year,
    coded.rounded_to,
    coded.value,
    coded.marker
from coded
inner join areas
    on coded.area_code = areas.area_code
left join offences
    on lower(coded.measure) = lower(offences.offence)
where
    offences.indicator_id is not null
    or coded.measure in ('population', 'households')
