-- One row per load of severity weights in force. Reads loads_in_force, the seeds offence_codes and
-- indicators, and the landed rows (severity_weights), which are few.
with

loads as (
    select * from loads_in_force
    where source = 'severity_weights'
),

landed as (
    select
        _load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where offence_code is not null
            and upper(trim(offence_code)) not in (select upper(offence_code) from offence_codes)
        ) as codes_unknown,
        count(*) filter (
            where indicator_id is not null
            and indicator_id not in (select indicator_id from indicators)
        ) as indicators_unknown,
        count(*) filter (where valid_to < valid_from) as validity_backwards
    from severity_weights
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
    coalesce(landed.codes_unknown, 0) as codes_unknown,
    coalesce(landed.indicators_unknown, 0) as indicators_unknown,
    coalesce(landed.validity_backwards, 0) as validity_backwards
from loads
left join landed on loads.load_id = landed.load_id
order by loads.file, loads.extract_date, loads.load_id
