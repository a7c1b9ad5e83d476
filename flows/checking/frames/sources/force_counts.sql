-- One row per file of counts in force. Reads loads_in_force, indicators (the seed) and the landed rows
-- (force_counts), which are few.
with

files as (
    select * from loads_in_force
    where source = 'force_counts'
),

landed as (
    select
        counts._load_id as load_id,
        count(*) as rows,
        count(*) filter (
            where counts.area is null or counts.indicator_id is null or counts.month is null
            or counts.count is null
        ) as rows_without_key_or_count,
        count(*) filter (
            where counts.count < 0 or counts.count <> floor(counts.count)
        ) as counts_not_whole,
        count(*) filter (where indicators.indicator_id is null) as rows_of_unknown_indicator,
        count(*) filter (where last_day(counts.month) > files.extract_date) as months_not_over
    from force_counts as counts
    inner join files on counts._load_id = files.load_id
    left join indicators on counts.indicator_id = indicators.indicator_id
    group by counts._load_id
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
    abs(files.rows_loaded - coalesce(landed.rows, 0)) as rows_not_landed,
    coalesce(landed.rows_without_key_or_count, 0) as rows_without_key_or_count,
    coalesce(landed.counts_not_whole, 0) as counts_not_whole,
    coalesce(landed.rows_of_unknown_indicator, 0) as rows_of_unknown_indicator,
    named_indicators.words as rows_of_unknown_indicator_words,
    coalesce(landed.months_not_over, 0) as months_not_over,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from files
left join landed on files.load_id = landed.load_id
left join named_areas on files.load_id = named_areas.load_id
left join named_indicators on files.load_id = named_indicators.load_id
order by files.file, files.extract_date, files.load_id
