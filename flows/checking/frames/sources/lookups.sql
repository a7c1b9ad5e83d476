-- One row per lookup in force. Reads loads_in_force, areas (the seed) and the rows.
with

files as (
    select * from loads_in_force
    where source = 'lookups'
),

doubled as (
    select
        load_id,
        count(*) as lsoas
    from (
        select _load_id as load_id
        from area_lookups
        -- a lookup that carries codes of 2011 to 2021 may list a code of 2021 for each of its parts
        where lsoa21_code is not null and lad_code is not null
        group by _load_id, lsoa21_code
        having count(distinct lad_code) > 1
    )
    group by load_id
),

landed as (
    select
        rows._load_id as load_id,
        count(*) as rows_landed,
        count(distinct rows.csp_code) filter (where areas.area_code is null) as partnerships_unknown
    from area_lookups as rows
    inner join files on rows._load_id = files.load_id
    left join areas on rows.csp_code = areas.area_code
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
    coalesce(doubled.lsoas, 0) as lsoas_in_two_authorities,
    coalesce(landed.partnerships_unknown, 0) as partnerships_unknown
from files
left join landed on files.load_id = landed.load_id
left join doubled on files.load_id = doubled.load_id
order by files.file, files.extract_date, files.load_id
