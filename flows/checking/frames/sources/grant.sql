-- One row per load of grant in force. Reads loads_in_force and the landed rows (grant_lines).
with

loads as (
    select * from loads_in_force
    where source = 'grant'
),

landed as (
    select _load_id as load_id, count(*) as rows from grant_lines group by _load_id
),

periods as (
    select
        _load_id as load_id,
        area,
        lower(grant_name) as grant_key,
        period,
        sum(allocation) filter (where line_type = 'line') as lines_sum,
        max(allocation) filter (where line_type = 'total') as stated_total,
        count(*) filter (
            where spend > allocation + coalesce(carry_forward_in, 0)
        ) as spend_above_available
    from grant_lines
    group by _load_id, area, lower(grant_name), period
),

wrongs as (
    select
        load_id,
        count(*) filter (where abs(stated_total - lines_sum) >= 0.005) as totals_that_differ,
        cast(sum(spend_above_available) as bigint) as spend_above_available
    from periods
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
    coalesce(wrongs.totals_that_differ, 0) as totals_that_differ,
    coalesce(wrongs.spend_above_available, 0) as spend_above_available,
    coalesce(named_areas.areas_unknown, 0) as areas_unknown,
    named_areas.areas_unknown_words,
    coalesce(named_areas.areas_of_two_levels, 0) as areas_of_two_levels
from loads
left join landed on loads.load_id = landed.load_id
left join wrongs on loads.load_id = wrongs.load_id
left join named_areas on loads.load_id = named_areas.load_id
order by loads.file, loads.extract_date, loads.load_id
