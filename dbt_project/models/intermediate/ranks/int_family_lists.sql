-- Every family list that is in force, as written: what has landed, and the seed for schemes that have not.
-- Of a scheme and an area the newest extract's list holds whole; a member it leaves out has left.
with

memberships as (
    select * from {{ ref('stg_families__memberships') }}
),

families as (
    select * from {{ ref('families') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

-- one list may write an area by name and the next by code
spelt as (
    select
        memberships.*,
        coalesce(spellings.area_code, trim(memberships.area_as_written)) as area_code
    from memberships
    left join spellings
        on {{ folded_name('memberships.area_as_written') }} = spellings.spelling
),

extracts as (
    select
        scheme,
        area_code,
        max(extract_date) as extract_date
    from spelt
    group by all
),

landed as (
    select distinct
        spelt.scheme,
        spelt.area_code,
        spelt.neighbour_as_written as neighbour_code,
        spelt.valid_from,
        spelt.valid_to,
        spelt.source
    from spelt
    inner join extracts
        on
            spelt.scheme = extracts.scheme
            and spelt.area_code = extracts.area_code
            and spelt.extract_date = extracts.extract_date
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
