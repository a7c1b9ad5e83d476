-- Portable SQL (tag: records). Searches by load, month, recording force and what is known of them. The files
-- name no LSOA, and many no place at all: searches are counted by force alone.
with

searches as (
    select * from {{ ref('stg_police_uk__stop_and_search') }}
)

select
    load_id,
    force_slug,
    month,
    search_type,
    age_range,
    gender,
    officer_defined_ethnicity,
    legislation,
    object_of_search,
    outcome,
    outcome_linked_to_object,
    count(*) as searches
from searches
group by
    load_id,
    force_slug,
    month,
    search_type,
    age_range,
    gender,
    officer_defined_ethnicity,
    legislation,
    object_of_search,
    outcome,
    outcome_linked_to_object
