-- One row per workbook in force. Reads loads_in_force, areas and ons_pfa_offences (the seeds) and the cells.
with

files as (
    select * from loads_in_force
    where source = 'ons_pfa_tables'
),

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
),

landed as (
    select
        rows._load_id as load_id,
        count(*) as rows_landed,
        count(distinct rows.table_name) as tables,
        count(distinct rows.csp_code) filter (where rows.table_name = 'counts') as partnerships,
        count(*) filter (
            where rows.value is not null and rows.marker is not null
        ) as rows_with_number_and_marker,
        count(distinct rows.csp_code) filter (where areas.area_code is null) as partnerships_unknown,
        count(distinct rows.measure) filter (
            where offences.offence is null
            and rows.measure not in ('population', 'households', 'member')
        ) as headers_unknown
    from ons_pfa_tables as rows
    inner join files on rows._load_id = files.load_id
    left join areas on rows.csp_code = areas.area_code
    left join ons_pfa_offences as offences on lower(rows.measure) = lower(offences.offence)
    group by rows._load_id
)

select
    files.load_id as load_ids,
    files.file,
    cast(files.extract_date as varchar) as extract_date,
    files.rows_read,
    files.rows_loaded,
    files.rows_rejected,
    rejected_share(files.rows_rejected, files.rows_read) as rejected_share,
    abs(files.rows_read - files.rows_loaded - files.rows_rejected) as rows_unaccounted,
    abs(files.rows_loaded - coalesce(landed.rows_landed, 0)) as rows_not_landed,
    coalesce(landed.tables, 0) as tables,
    coalesce(landed.partnerships, 0) as partnerships,
    coalesce(landed.rows_with_number_and_marker, 0) as rows_with_number_and_marker,
    coalesce(landed.partnerships_unknown, 0) as partnerships_unknown,
    coalesce(landed.headers_unknown, 0) as headers_unknown,
    coalesce(unequal.forces, 0) as forces_not_summing,
    (
        select count(*) from coverage
        where coverage.load_id = files.load_id and coverage.period_end > files.extract_date
    ) as ended_after_extract
from files
left join landed on files.load_id = landed.load_id
left join unequal on files.load_id = unequal.load_id
order by files.file, files.extract_date, files.load_id
