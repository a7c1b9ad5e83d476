-- Who is in whose family, by scheme and date, in codes of dim_areas. The area itself is always a
-- member: ranks, sizes and means count it in, though lists of neighbours (CIPFA's 15) leave it out.
with

families as (
    select * from {{ ref('int_family_lists') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

-- a list may name areas by the code of the local authority, or by name
listed as (
    select
        families.scheme,
        coalesce(owners.area_code, trim(families.area_code)) as area_code,
        coalesce(members.area_code, trim(families.neighbour_code)) as neighbour_code,
        families.valid_from,
        families.valid_to,
        families.source
    from families
    left join spellings as owners
        on {{ folded_name('families.area_code') }} = owners.spelling
    left join spellings as members
        on {{ folded_name('families.neighbour_code') }} = members.spelling
),

listed_selves as (
    select * from listed
    where area_code = neighbour_code
),

-- every stretch of time for which neighbours are listed without the area itself
missing_selves as (
    select distinct
        listed.scheme,
        listed.area_code,
        listed.area_code as neighbour_code,
        listed.valid_from,
        listed.valid_to,
        listed.source
    from listed
    left join listed_selves
        on
            listed.scheme = listed_selves.scheme
            and listed.area_code = listed_selves.area_code
            and (
                listed_selves.valid_from is null
                or listed_selves.valid_from <= listed.valid_from
            )
            and (
                listed_selves.valid_to is null
                or listed_selves.valid_to >= listed.valid_to
            )
    where listed_selves.scheme is null
),

memberships as (
    select * from listed
    union all
    select * from missing_selves
)

-- the same membership listed twice is one; the longer one holds
select
    scheme,
    area_code,
    neighbour_code,
    valid_from,
    case when count(valid_to) = count(*) then max(valid_to) end as valid_to,
    min(source) as source,
    area_code = neighbour_code as is_self,
    bool_or(
        lower(scheme) = 'illustrative' or coalesce(source, '') ilike '%illustrative%'
    ) as is_illustrative
from memberships
group by all
