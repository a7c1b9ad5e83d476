-- One row per load of targets in force. Reads loads_in_force and the landed rows (targets).
with

loads as (
    select * from loads_in_force
    where source = 'targets'
),

landed as (
    select _load_id as load_id, count(*) as rows from targets group by _load_id
),

wrongs as (
    select
        targets._load_id as load_id,
        count(*) filter (where indicators.indicator_id is null) as unknown_indicators,
        count(*) filter (
            where indicators.value_kind = 'proportion' and targets.target_value > 100
        ) as proportions_above_hundred
    from targets
    left join indicators on targets.indicator_id = indicators.indicator_id
    group by targets._load_id
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
    coalesce(wrongs.proportions_above_hundred, 0) as proportions_above_hundred,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join wrongs on loads.load_id = wrongs.load_id
left join named_areas on loads.load_id = named_areas.load_id
left join named_indicators on loads.load_id = named_indicators.load_id
order by loads.file, loads.extract_date, loads.load_id
