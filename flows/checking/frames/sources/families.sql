-- One row per family list in force. Reads loads_in_force, area_spellings, named_areas and the rows, which are few.
with

files as (
    select * from loads_in_force
    where source = 'families'
),

landed as (
    select
        rows._load_id as load_id,
        count(*) as rows_landed,
        count(*) filter (
            where folded_name(rows.area) not in (select spelling from area_spellings)
            or folded_name(rows.neighbour) not in (select spelling from area_spellings)
        ) as areas_unknown
    from families as rows
    inner join files on rows._load_id = files.load_id
    group by rows._load_id
),

-- a Most Similar Family has 15 members and CIPFA's neighbours are 16, the area itself among them
families_of_lists as (
    select
        rows._load_id as load_id,
        lower(rows.scheme) as scheme,
        rows.area,
        rows.valid_from,
        count(distinct coalesce(neighbours.area_code, folded_name(rows.neighbour))) filter (
            where coalesce(neighbours.area_code, folded_name(rows.neighbour))
            <> coalesce(areas_named.area_code, folded_name(rows.area))
        ) + 1 as members
    from families as rows
    left join area_spellings as neighbours on folded_name(rows.neighbour) = neighbours.spelling
    left join area_spellings as areas_named on folded_name(rows.area) = areas_named.spelling
    group by rows._load_id, rows.scheme, rows.area, rows.valid_from
),

sizes as (
    select
        load_id,
        count(*) as sizes_unusual
    from families_of_lists
    where (scheme = 'msf' and members <> 15) or (scheme = 'cipfa' and members <> 16)
    group by load_id
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
    coalesce(landed.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(sizes.sizes_unusual, 0) as sizes_unusual
from files
left join landed on files.load_id = landed.load_id
left join named_areas on files.load_id = named_areas.load_id
left join sizes on files.load_id = sizes.load_id
order by files.file, files.extract_date, files.load_id
