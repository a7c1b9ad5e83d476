-- One row per load of asb in force. Reads loads_in_force and the landed rows (asb_records).
with

loads as (
    select * from loads_in_force
    where source = 'asb'
),

landed as (
    select _load_id as load_id, count(*) as rows from asb_records group by _load_id
),

wrongs as (
    select
        records._load_id as load_id,
        count(*) filter (
            where not regexp_full_match(records.reference, '[0-9a-f]{64}(;[0-9a-f]{64})*')
            or not regexp_full_match(records.caller_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
            or not regexp_full_match(records.location_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
        ) as unhashed_keys,
        count(*) filter (
            where records.ward is null and records.lsoa_code is null
        ) as rows_without_place
    from asb_records as records
    inner join loads on records._load_id = loads.load_id
    group by records._load_id
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
    coalesce(wrongs.unhashed_keys, 0) as unhashed_keys,
    coalesce(coverage_gaps.months_missing, 0) as months_missing,
    coverage_gaps.months_missing_words,
    coalesce(wrongs.rows_without_place, 0) as rows_without_place,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join wrongs on loads.load_id = wrongs.load_id
left join named_areas on loads.load_id = named_areas.load_id
left join coverage_gaps on loads.load_id = coverage_gaps.load_id
order by loads.file, loads.extract_date, loads.load_id
