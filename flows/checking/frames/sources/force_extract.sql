-- Reads coverage, unplaced_records and the seed offence_codes too.
with

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

-- A marker that says something of most records and nothing of some. That a victim is young is read from any
-- word of the age band: where it says nothing, the band was empty.
markers as (
    select
        _load_id as load_id,
        sum(null_count) as rows_unread
    from profiles
    where
        column_name in (
            'cancelled',
            'domestic_abuse',
            'hate_crime',
            'hate_race',
            'hate_religion',
            'hate_sexual_orientation',
            'hate_disability',
            'hate_transgender',
            'knife',
            'business',
            'public_place',
            'gang',
            'cyber',
            'female_genital_mutilation',
            'repeat_victim'
        )
    group by _load_id, column_name
    having sum(null_count) < sum(row_count)
),

unread_markers as (
    select
        load_id,
        cast(sum(rows_unread) as bigint) as words
    from markers
    group by load_id
),

unplaced as (
    select
        load_id,
        cast(sum(rows) as bigint) as rows,
        max(rejected_share(rows, all_rows)) as share,
        any_value(words) as words
    from unplaced_records
    group by load_id
),

landed as (
    select
        records._load_id as load_id,
        count(*) as rows,
        count(*) filter (where covered.month is null) as rows_outside_window,
        count(*) filter (
            where records.csp is null and records.lsoa_code is null and records.lsoa_name is null
        ) as rows_without_location,
        count(*) filter (
            where records.committed_from > records.recorded_date
        ) as rows_recorded_before_committed
    from force_extract as records
    left join covered
        on
            records._load_id = covered.load_id
            and cast(date_trunc('month', records.recorded_date) as date) = covered.month
    group by records._load_id
)

select
    landed.load_id,
    coalesce(unknown_codes.rows, 0) as rows_of_unknown_code,
    unknown_codes.words as rows_of_unknown_code_words,
    coalesce(unknown_codes.rows, 0) / landed.rows as unknown_code_share,
    unknown_codes.words as unknown_code_share_words,
    landed.rows_outside_window,
    landed.rows_recorded_before_committed,
    coalesce(unread_markers.words, 0) as marker_words_unread,
    cast(coalesce(repeated.rows, 0) as bigint) as repeated_references,
    coalesce(empty_months.months, 0) as months_without_records,
    landed.rows_without_location / landed.rows as location_unknown_share,
    coalesce(unplaced.rows, 0) as partnerships_unknown,
    unplaced.words as partnerships_unknown_words,
    coalesce(unplaced.share, 0) as partnerships_unknown_share,
    unplaced.words as partnerships_unknown_share_words
from landed
left join unknown_codes on landed.load_id = unknown_codes.load_id
left join unread_markers on landed.load_id = unread_markers.load_id
left join repeated on landed.load_id = repeated.load_id
left join empty_months on landed.load_id = empty_months.load_id
left join unplaced on landed.load_id = unplaced.load_id
