-- One row per load of breaks in force. Reads loads_in_force and the landed rows (breaks).
with

loads as (
    select * from loads_in_force
    where source = 'breaks'
),

landed as (
    select _load_id as load_id, count(*) as rows from breaks group by _load_id
),

wrongs as (
    select
        breaks._load_id as load_id,
        count(*) filter (
            where indicators.indicator_id is null and breaks.indicator_id <> '*'
        ) as unknown_indicators
    from breaks
    left join indicators on breaks.indicator_id = indicators.indicator_id
    group by breaks._load_id
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
    coalesce(wrongs.unknown_indicators, 0) as unknown_indicators,
    named_indicators.words as unknown_indicators_words,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join wrongs on loads.load_id = wrongs.load_id
left join named_areas on loads.load_id = named_areas.load_id
left join named_indicators on loads.load_id = named_indicators.load_id
order by loads.file, loads.extract_date, loads.load_id
