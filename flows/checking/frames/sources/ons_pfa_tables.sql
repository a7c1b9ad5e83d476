-- Reads the seeds areas and ons_pfa_offences too.
with

force_sums as (
    select
        _load_id as load_id,
        table_name,
        force_name,
        measure,
        sum(value) filter (where area_level = 'force') as stated,
        sum(value) filter (where area_level <> 'force') as summed
    from ons_pfa_tables
    where table_name in ('counts', 'counts_year_before')
    group by all
),

unequal as (
    select
        load_id,
        count(distinct force_name) as forces
    from force_sums
    where stated <> coalesce(summed, 0)
    group by load_id
)

select
    rows._load_id as load_id,
    count(distinct rows.table_name) as tables,
    count(distinct rows.csp_code) filter (where rows.table_name = 'counts') as partnerships,
    count(distinct rows.csp_code) filter (where areas.area_code is null) as partnerships_unknown,
    count(distinct rows.measure) filter (
        where offences.offence is null
        and rows.measure not in ('population', 'households', 'member')
    ) as headers_unknown,
    coalesce(any_value(unequal.forces), 0) as forces_not_summing
from ons_pfa_tables as rows
left join areas on rows.csp_code = areas.area_code
left join ons_pfa_offences as offences on lower(rows.measure) = lower(offences.offence)
left join unequal on rows._load_id = unequal.load_id
group by rows._load_id
