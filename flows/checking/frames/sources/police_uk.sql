-- One row per file in force, of any of the three kinds. Reads loads_in_force, profiles,
-- the seed outcome_types and the landed rows, of which it touches few columns.
with

named as (
    select
        *,
        -- the month stands at the start of the file's own name, after folders and archives
        regexp_extract(file, '(\d{4}-\d{2})-[^/!]*$', 1) as name_month,
        -- the column that says what each row is
        case dataset
            when 'police_uk_street' then 'crime_type'
            when 'police_uk_outcomes' then 'outcome_type'
            else 'search_type'
        end as kind_column
    from loads_in_force
    where source = 'police_uk'
),

profiled as (
    select
        named.load_id,
        sum(profiles.row_count) filter (
            where profiles.column_name = named.kind_column and profiles.month <> named.name_month
        ) as rows_of_other_months,
        sum(profiles.row_count) filter (
            where
                profiles.column_name = named.kind_column
                and profiles.month > strftime(named.extract_date, '%Y-%m')
        ) as rows_after_extract,
        sum(profiles.null_count) filter (
            where profiles.column_name = named.kind_column
        ) as rows_without_kind,
        sum(profiles.null_count) filter (
            where profiles.column_name = 'lsoa_code'
        ) as rows_without_place
    from named
    inner join profiles on named.load_id = profiles._load_id
    group by named.load_id
),

landed as (
    select
        _load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where
                last_outcome_category is not null
                and last_outcome_category not in (select outcome_type from outcome_types)
        ) as rows_of_unknown_outcome
    from police_uk_street
    group by _load_id
    union all
    select
        _load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where outcome_type not in (select outcome_type from outcome_types)
        ) as rows_of_unknown_outcome
    from police_uk_outcomes
    group by _load_id
    union all
    select
        _load_id as load_id,
        count(*) as rows,
        0 as rows_of_unknown_outcome
    from police_uk_stop_and_search
    group by _load_id
)

select
    named.load_id as load_ids,
    named.file,
    named.scope as force,
    cast(named.extract_date as varchar) as extract_date,
    named.rows_read,
    named.rows_loaded,
    -- a month without a single crime is no month of a force; one without a stop may be
    case
        when named.dataset = 'police_uk_street' then named.rows_loaded
        else greatest(named.rows_loaded, 1)
    end as rows_loaded_if_street,
    named.rows_rejected,
    rejected_share(named.rows_rejected, named.rows_read) as rejected_share,
    abs(named.rows_read - named.rows_loaded - named.rows_rejected) as rows_unaccounted,
    abs(named.rows_loaded - coalesce(landed.rows, 0)) as rows_not_landed,
    cast(coalesce(profiled.rows_of_other_months, 0) as bigint) as rows_of_other_months,
    cast(coalesce(profiled.rows_after_extract, 0) as bigint) as rows_after_extract,
    -- a load with rows and without a profile has nothing to check: left NULL, an error by rule
    case
        when named.rows_loaded = 0 then 0
        else cast(profiled.rows_without_kind as bigint)
    end as rows_without_crime_type,
    coalesce(landed.rows_of_unknown_outcome, 0) as rows_of_unknown_outcome,
    coalesce(coverage_gaps.indicators_missing, 0) as indicators_missing,
    coverage_gaps.indicators_missing_words,
    -- where a stop was is often not given: it is counted by force alone
    case
        when named.dataset = 'police_uk_stop_and_search' then 0.0
        when named.rows_loaded = 0 then 0.0
        else profiled.rows_without_place / named.rows_loaded
    end as location_unknown_share
from named
left join profiled on named.load_id = profiled.load_id
left join landed on named.load_id = landed.load_id
left join coverage_gaps on named.load_id = coverage_gaps.load_id
order by named.file, named.extract_date, named.load_id
