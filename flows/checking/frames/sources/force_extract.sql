-- One row per crime extract in force. Reads loads_in_force, coverage, offence_codes (the seed) and the
-- landed rows (force_extract).
with

extracts as (
    select * from loads_in_force
    where source = 'force_extract'
),

covered as (
    select distinct
        load_id,
        period_start as month
    from coverage
    where source = 'force_extract'
),

repeated as (
    select
        load_id,
        sum(records - 1) as rows
    from (
        select
            _load_id as load_id,
            count(*) as records
        from force_extract
        where reference_key is not null
        group by _load_id, reference_key
    )
    group by load_id
),

with_records as (
    select distinct
        _load_id as load_id,
        cast(date_trunc('month', recorded_date) as date) as month
    from force_extract
),

empty_months as (
    select
        covered.load_id,
        count(*) as months
    from covered
    left join with_records
        on covered.load_id = with_records.load_id and covered.month = with_records.month
    where with_records.load_id is null
    group by covered.load_id
),

-- codes that are none of the list on their recorded date; what does not look like a code may be
-- anything, and is counted without being shown
of_unknown_code as (
    select
        records._load_id as load_id,
        case
            when regexp_full_match(records.offence_code, '\d{1,3}[A-Z]{0,2}(\.\d{1,2})?(/\d{1,3}[A-Z]?)?')
                then records.offence_code
            else '(no code)'
        end as code,
        count(*) as rows,
        bool_or(listed.offence_code is not null) as is_of_another_year
    from force_extract as records
    left join offence_codes as valid
        on
            records.offence_code = valid.offence_code
            and coalesce(records.recorded_date >= try_cast(valid.valid_from as date), true)
            and coalesce(records.recorded_date <= try_cast(valid.valid_to as date), true)
    left join (select distinct offence_code from offence_codes) as listed
        on records.offence_code = listed.offence_code
    where valid.offence_code is null
    group by all
),

unknown_codes as (
    select
        load_id,
        cast(sum(rows) as bigint) as rows,
        array_to_string(
            list(
                code || ': ' || rows || case when is_of_another_year then ' in a year without it' else '' end
                order by rows desc, code
            )[:5],
            ', '
        ) || case when count(*) > 5 then ' and ' || (count(*) - 5) || ' more codes' else '' end as words
    from of_unknown_code
    group by load_id
),

landed as (
    select
        records._load_id as load_id,
        count(*) as rows,
        count(*) filter (where records.recorded_date is null) as rows_without_date,
        count(*) filter (
            where records.recorded_date > extracts.extract_date
        ) as rows_after_extract,
        count(*) filter (where covered.month is null) as rows_outside_window,
        count(*) filter (
            where records.csp is null and records.lsoa_code is null and records.lsoa_name is null
        ) as rows_without_location,
        count(*) filter (
            where records.committed_from > records.recorded_date
        ) as rows_recorded_before_committed,
        -- A marker that says something of most records and nothing of some. That a victim is young is
        -- read from any word of the age band: where it says nothing, the band was empty.
        case when count(records.cancelled) > 0 then count(*) - count(records.cancelled) else 0 end
        + case when count(records.domestic_abuse) > 0 then count(*) - count(records.domestic_abuse) else 0 end
        + case when count(records.hate_crime) > 0 then count(*) - count(records.hate_crime) else 0 end
        + case when count(records.hate_race) > 0 then count(*) - count(records.hate_race) else 0 end
        + case when count(records.hate_religion) > 0 then count(*) - count(records.hate_religion) else 0 end
        + case when count(records.hate_sexual_orientation) > 0 then count(*) - count(records.hate_sexual_orientation) else 0 end
        + case when count(records.hate_disability) > 0 then count(*) - count(records.hate_disability) else 0 end
        + case when count(records.hate_transgender) > 0 then count(*) - count(records.hate_transgender) else 0 end
        + case when count(records.knife) > 0 then count(*) - count(records.knife) else 0 end
        + case when count(records.business) > 0 then count(*) - count(records.business) else 0 end
        + case when count(records.public_place) > 0 then count(*) - count(records.public_place) else 0 end
        + case when count(records.gang) > 0 then count(*) - count(records.gang) else 0 end
        + case when count(records.cyber) > 0 then count(*) - count(records.cyber) else 0 end
        + case when count(records.female_genital_mutilation) > 0 then count(*) - count(records.female_genital_mutilation) else 0 end
        + case when count(records.repeat_victim) > 0 then count(*) - count(records.repeat_victim) else 0 end as marker_words_unread
    from force_extract as records
    inner join extracts on records._load_id = extracts.load_id
    left join covered
        on
            records._load_id = covered.load_id
            and cast(date_trunc('month', records.recorded_date) as date) = covered.month
    group by records._load_id
)

select
    extracts.load_id as load_ids,
    extracts.file,
    extracts.scope as force,
    cast(extracts.extract_date as varchar) as extract_date,
    extracts.rows_read,
    extracts.rows_loaded,
    extracts.rows_rejected,
    rejected_share(extracts.rows_rejected, extracts.rows_read) as rejected_share,
    abs(extracts.rows_read - extracts.rows_loaded - extracts.rows_rejected) as rows_unaccounted,
    abs(extracts.rows_loaded - coalesce(landed.rows, 0)) as rows_not_landed,
    coalesce(landed.rows_without_date, 0) as rows_without_date,
    coalesce(coverage_gaps.months_missing, 0) as months_missing,
    coverage_gaps.months_missing_words,
    coalesce(landed.rows_after_extract, 0) as rows_after_extract,
    coalesce(unknown_codes.rows, 0) as rows_of_unknown_code,
    unknown_codes.words as rows_of_unknown_code_words,
    coalesce(unknown_codes.rows, 0) / greatest(extracts.rows_loaded, 1) as unknown_code_share,
    unknown_codes.words as unknown_code_share_words,
    coalesce(landed.rows_outside_window, 0) as rows_outside_window,
    coalesce(landed.rows_recorded_before_committed, 0) as rows_recorded_before_committed,
    cast(coalesce(landed.marker_words_unread, 0) as bigint) as marker_words_unread,
    cast(coalesce(repeated.rows, 0) as bigint) as repeated_references,
    coalesce(empty_months.months, 0) as months_without_records,
    coalesce(landed.rows_without_location, 0) / greatest(extracts.rows_loaded, 1)
        as location_unknown_share
from extracts
left join landed on extracts.load_id = landed.load_id
left join unknown_codes on extracts.load_id = unknown_codes.load_id
left join repeated on extracts.load_id = repeated.load_id
left join empty_months on extracts.load_id = empty_months.load_id
left join coverage_gaps on extracts.load_id = coverage_gaps.load_id
order by extracts.file, extracts.extract_date, extracts.load_id
