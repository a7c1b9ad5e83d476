-- A row for every load in force, so that one whose landing left no profile is an error and no pass. Reads the
-- profiles and the seed outcome_types too; of the landed rows it touches few columns.
with

places as (
    select
        _load_id as load_id,
        sum(null_count) as rows_without_place
    from profiles
    where column_name = 'lsoa_code'
    group by _load_id
),

outcomes as (
    select _load_id as load_id, last_outcome_category as outcome from police_uk_street
    where last_outcome_category is not null
    union all
    select _load_id, outcome_type from police_uk_outcomes
),

unknown_outcomes as (
    select
        load_id,
        count(*) as rows
    from outcomes
    where outcome not in (select outcome_type from outcome_types)
    group by load_id
)

select
    loads.load_id,
    coalesce(unknown_outcomes.rows, 0) as rows_of_unknown_outcome,
    case
        -- where a stop was is often not given: it is counted by force alone
        when loads.dataset = 'police_uk_stop_and_search' or loads.rows_loaded = 0 then 0.0
        else places.rows_without_place / loads.rows_loaded
    end as location_unknown_share
from loads_in_force as loads
left join places on loads.load_id = places.load_id
left join unknown_outcomes on loads.load_id = unknown_outcomes.load_id
where loads.source = 'police_uk'
