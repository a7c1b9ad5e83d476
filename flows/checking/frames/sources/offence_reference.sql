-- One row per load of the offence reference table in force. Reads loads_in_force, seeded_offence_codes
-- and the landed rows (offence_reference), which are few.
with

loads as (
    select * from loads_in_force
    where source = 'offence_reference'
),

landed as (
    select
        _load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where lower(offence_subgroup) not in (
                select lower(offence_subgroup) from seeded_offence_codes
            )
            and lower(offence_group) not in (select lower(offence_group) from seeded_offence_codes)
        ) as subgroups_unknown,
        count(*) filter (where valid_to < valid_from) as validity_backwards
    from offence_reference
    group by _load_id
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
    coalesce(landed.subgroups_unknown, 0) as subgroups_unknown,
    coalesce(landed.validity_backwards, 0) as validity_backwards
from loads
left join landed on loads.load_id = landed.load_id
order by loads.file, loads.extract_date, loads.load_id
