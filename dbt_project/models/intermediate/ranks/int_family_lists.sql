-- Every family list that is in force, as written: what has landed, and the seed for schemes that have not.
-- Of a scheme and an area the newest extract's list holds whole; a member it leaves out has left.
with

memberships as (
    select * from {{ ref('stg_families__memberships') }}
),

families as (
    select * from {{ ref('families') }}
),

extracts as (
    select
        scheme,
        lower(area_as_written) as area_spelling,
        max(extract_date) as extract_date
    from memberships
    group by
        scheme,
        lower(area_as_written)
),

landed as (
    select distinct
        memberships.scheme,
        memberships.area_as_written as area_code,
        memberships.neighbour_as_written as neighbour_code,
        memberships.valid_from,
        memberships.valid_to,
        memberships.source
    from memberships
    inner join extracts
        on
            memberships.scheme = extracts.scheme
            and lower(memberships.area_as_written) = extracts.area_spelling
            and memberships.extract_date = extracts.extract_date
),

seeded as (
    select
        scheme,
        area_code,
        neighbour_code,
        valid_from,
        valid_to,
        source
    from families
    where scheme not in (select landed.scheme from landed)
)

select * from landed
union all
select * from seeded
