with

source as (
    select * from {{ source('landing', 'police_uk_stop_and_search') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

-- the load record is the commit mark: rows of a file without one do not exist
committed as (
    select
        source._load_id as load_id,
        source._row_number as row_number,
        source._force_slug as force_slug,
        loads.extract_date,
        source.month,
        source.searched_on,
        source.search_type,
        source.gender,
        source.age_range,
        source.officer_defined_ethnicity,
        source.legislation,
        source.object_of_search,
        source.outcome,
        source.outcome_linked_to_object
    from source
    inner join loads
        on source._load_id = loads.load_id
)

select * from committed
