-- One row per file of open data in force. Reads loads_in_force, areas, offence_codes (the seeds), the rows.
with

files as (
    select * from loads_in_force
    where source = 'recorded_crime_open_data'
),

repeats as (
    select
        load_id,
        count(*) as keys
    from (
        select _load_id as load_id
        from recorded_crime_open_data
        group by
            _load_id,
            financial_year,
            financial_quarter,
            force_name,
            csp_code,
            csp_name,
            offence_code,
            offence_description
        having count(*) > 1
    )
    group by load_id
),

landed as (
    select
        rows._load_id as load_id,
        count(*) as rows_landed,
        count(*) filter (where rows.offences <> floor(rows.offences)) as counts_not_whole,
        count(distinct rows.offence_code) filter (
            where codes.offence_code is null
        ) as codes_unknown,
        count(distinct rows.force_name) filter (
            where areas.area_code is null and codes.offence_group not like 'Fraud%'
        ) as forces_unknown
    from recorded_crime_open_data as rows
    inner join files on rows._load_id = files.load_id
    left join offence_codes as codes on rows.offence_code = codes.offence_code
    left join areas
        on areas.area_type = 'force'
        and lower(areas.area_name)
        = case lower(rows.force_name)
            when 'london, city of' then 'city of london'
            when 'metropolitan' then 'metropolitan police'
            else lower(rows.force_name)
        end
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
    coalesce(landed.counts_not_whole, 0) as counts_not_whole,
    coalesce(repeats.keys, 0) as rows_repeated,
    coalesce(landed.codes_unknown, 0) as codes_unknown,
    coalesce(landed.forces_unknown, 0) as forces_unknown,
    (
        select count(*) from coverage
        where coverage.load_id = files.load_id and coverage.period_end > files.extract_date
    ) as quarters_after_extract
from files
left join landed on files.load_id = landed.load_id
left join repeats on files.load_id = repeats.load_id
order by files.file, files.extract_date, files.load_id
