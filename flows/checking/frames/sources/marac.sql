-- One row per load of marac in force. Reads loads_in_force and the landed rows (marac_cases, marac_quarterly).
with

loads as (
    select * from loads_in_force
    where source = 'marac'
),

landed as (
    select _load_id as load_id, count(*) as rows from marac_cases group by _load_id
    union all
    select _load_id as load_id, count(*) as rows from marac_quarterly group by _load_id
),

quarters as (
    select
        _load_id as load_id,
        area,
        quarter,
        max(count) filter (where measure = 'cases') as cases,
        max(count) filter (where measure = 'repeats') as repeats
    from marac_quarterly
    group by _load_id, area, quarter
),

wrongs as (
    select
        cases._load_id as load_id,
        count(*) filter (
            where not regexp_full_match(cases.victim_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
            or not regexp_full_match(cases.perpetrator_keys, '[0-9a-f]{64}(;[0-9a-f]{64})*')
        ) as unhashed_keys,
        0 as repeats_above_cases,
        count(*) filter (
            where greatest(cases.referral_date, cases.discussed_date) > loads.extract_date
        ) as rows_after_extract,
        count(*) filter (where cases.perpetrator_keys is null) as rows_without_perpetrator
    from marac_cases as cases
    inner join loads on cases._load_id = loads.load_id
    group by cases._load_id
    union all
    select
        load_id,
        0 as unhashed_keys,
        count(*) filter (where repeats > cases) as repeats_above_cases,
        0 as rows_after_extract,
        0 as rows_without_perpetrator
    from quarters
    group by load_id
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
    coalesce(wrongs.repeats_above_cases, 0) as repeats_above_cases,
    coalesce(wrongs.rows_after_extract, 0) as rows_after_extract,
    coalesce(wrongs.rows_without_perpetrator, 0) as rows_without_perpetrator,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join wrongs on loads.load_id = wrongs.load_id
left join named_areas on loads.load_id = named_areas.load_id
left join coverage_gaps on loads.load_id = coverage_gaps.load_id
order by loads.file, loads.extract_date, loads.load_id
