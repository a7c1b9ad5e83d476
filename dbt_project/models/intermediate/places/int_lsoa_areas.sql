-- Where an LSOA of either vintage lies, one row per code. Boundaries of 2011 are carried to those of 2021
-- by the lookup; a code that was split keeps only what all its parts share. An authority in several
-- partnerships cannot say which: there the district that the 2011 name begins with decides.
with

lookups as (
    select * from {{ ref('int_area_lookups') }}
),

authority_partnerships as (
    select * from {{ ref('int_authority_partnerships') }}
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

-- of each LSOA of 2021 the newest ward and authority
placements as (
    select
        lsoa21_code,
        lsoa21_name,
        ward_code,
        ward_name,
        ward_vintage,
        lad_code,
        lad_vintage,
        row_number() over (
            partition by lsoa21_code
            order by lad_vintage desc nulls last, extract_date desc, load_id desc, row_number
        ) as newness
    from lookups
    where
        lsoa21_code is not null
        and lad_code is not null
),

wards as (
    select
        lsoa21_code,
        ward_code,
        ward_name,
        ward_vintage,
        row_number() over (
            partition by lsoa21_code
            order by ward_vintage desc nulls last, extract_date desc, load_id desc, row_number
        ) as newness
    from lookups
    where
        lsoa21_code is not null
        and ward_code is not null
),

successions as (
    select distinct
        lsoa11_code,
        lsoa11_name,
        lsoa21_code
    from lookups
    where
        lsoa11_code is not null
        and lsoa21_code is not null
),

single_partnerships as (
    select
        lad_code,
        csp_code
    from authority_partnerships
    where not is_split
),

-- the district that an old name begins with ("Aylesbury Vale 001A"), for split authorities
old_districts as (
    select
        successions.lsoa11_code,
        successions.lsoa21_code,
        local_authorities.csp_code
    from successions
    inner join local_authorities
        on left(successions.lsoa11_name, length(successions.lsoa11_name) - 5) = local_authorities.lad_name
),

old_districts_of_2021 as (
    select
        lsoa21_code,
        min(csp_code) as csp_code
    from old_districts
    group by lsoa21_code
    having count(distinct csp_code) = 1
),

lsoas_2021 as (
    select
        placements.lsoa21_code,
        placements.lsoa21_name,
        wards.ward_code,
        wards.ward_name,
        wards.ward_vintage,
        placements.lad_code,
        placements.lad_vintage,
        coalesce(single_partnerships.csp_code, old_districts_of_2021.csp_code) as csp_code
    from placements
    left join wards
        on
            placements.lsoa21_code = wards.lsoa21_code
            and wards.newness = 1
    left join single_partnerships
        on placements.lad_code = single_partnerships.lad_code
    left join old_districts_of_2021
        on placements.lsoa21_code = old_districts_of_2021.lsoa21_code
    where placements.newness = 1
),

-- codes of 2011 that the boundaries of 2021 no longer know
gone as (
    select
        successions.lsoa11_code,
        min(successions.lsoa11_name) as lsoa11_name,
        min(lsoas_2021.ward_code) as ward_code,
        min(lsoas_2021.ward_name) as ward_name,
        min(lsoas_2021.ward_vintage) as ward_vintage,
        min(lsoas_2021.lad_code) as lad_code,
        min(lsoas_2021.lad_vintage) as lad_vintage,
        min(lsoas_2021.csp_code) as csp_code,
        count(distinct lsoas_2021.ward_code) as wards,
        count(distinct lsoas_2021.lad_code) as authorities,
        count(distinct lsoas_2021.csp_code) as partnerships
    from successions
    inner join lsoas_2021
        on successions.lsoa21_code = lsoas_2021.lsoa21_code
    where successions.lsoa11_code not in (select known.lsoa21_code from lsoas_2021 as known)
    group by successions.lsoa11_code
)

select
    lsoa21_code as lsoa_code,
    lsoa21_name as lsoa_name,
    cast(2021 as bigint) as lsoa_vintage,
    ward_code,
    ward_name,
    ward_vintage,
    lad_code,
    lad_vintage,
    csp_code
from lsoas_2021
union all
select
    lsoa11_code as lsoa_code,
    lsoa11_name as lsoa_name,
    cast(2011 as bigint) as lsoa_vintage,
    case when wards = 1 then ward_code end as ward_code,
    case when wards = 1 then ward_name end as ward_name,
    case when wards = 1 then ward_vintage end as ward_vintage,
    case when authorities = 1 then lad_code end as lad_code,
    case when authorities = 1 then lad_vintage end as lad_vintage,
    case when partnerships = 1 then csp_code end as csp_code
from gone
