-- The profile that every source's checks share: one row per load in force. Reads loads_in_force, landed_rows,
-- named_areas, named_indicators and coverage_gaps.
select
    loads.source,
    loads.load_id as load_ids,
    loads.file,
    cast(loads.extract_date as varchar) as extract_date,
    loads.rows_read,
    -- a month without a single crime is no month of a force; one without a stop may be
    case
        when loads.dataset in ('police_uk_outcomes', 'police_uk_stop_and_search') then greatest(loads.rows_loaded, 1)
        else loads.rows_loaded
    end as rows_loaded,
    loads.rows_rejected,
    rejected_share(loads.rows_rejected, loads.rows_read) as rejected_share,
    abs(loads.rows_read - loads.rows_loaded - loads.rows_rejected) as rows_unaccounted,
    abs(loads.rows_loaded - coalesce(landed_rows.rows, 0)) as rows_not_landed,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels,
    named_areas.areas_of_two_levels_words,
    coalesce(named_indicators.indicators_unknown, 0) as indicators_unknown,
    named_indicators.indicators_unknown_words,
    coalesce(coverage_gaps.months_missing, 0) as months_missing,
    coverage_gaps.months_missing_words,
    coalesce(coverage_gaps.indicators_missing, 0) as indicators_missing,
    coverage_gaps.indicators_missing_words,
    (
        select count(*) from coverage
        where coverage.load_id = loads.load_id and coverage.period_end > loads.extract_date
    ) as periods_after_extract
from loads_in_force as loads
left join landed_rows on loads.load_id = landed_rows.load_id
left join named_areas on loads.load_id = named_areas.load_id
left join named_indicators on loads.load_id = named_indicators.load_id
left join coverage_gaps on loads.load_id = coverage_gaps.load_id
