-- One row per load of commentary in force. Reads loads_in_force and the landed rows (commentary).
with

loads as (
    select * from loads_in_force
    where source = 'commentary'
),

landed as (
    select _load_id as load_id, count(*) as rows from commentary group by _load_id
)

select
    loads.load_id as load_ids,
    loads.file,
    cast(loads.extract_date as varchar) as extract_date,
    loads.rows_read,
    loads.rows_loaded,
    loads.rows_rejected,
    rejected_share(loads.rows_rejected, loads.rows_read) as rejected_share,
    abs(loads.rows_read - loads.rows_loaded - loads.rows_rejected) as rows_unaccounted,
    abs(loads.rows_loaded - coalesce(landed.rows, 0)) as rows_not_landed,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join named_areas on loads.load_id = named_areas.load_id
order by loads.file, loads.extract_date, loads.load_id
