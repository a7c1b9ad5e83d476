-- Local authorities and their partnerships, one row per pair: of the newest lookup; where it names neither
-- the authority nor the partnership, of the project's reference table; for authorities of neither, of the
-- seed. An authority that lies in several partnerships has a row for each and is flagged: it cannot say
-- where something lies, nor bring its population to one of them.
with

lookups as (
    select * from {{ ref('int_area_lookups') }}
),

local_authorities as (
    select * from {{ ref('local_authorities') }}
),

areas as (
    select * from {{ ref('areas') }}
),

-- a lookup says the same pair on several rows
landed as (
    select distinct
        load_id,
        extract_date,
        csp_vintage,
        lad_code,
        csp_code,
        is_reference
    from lookups
    where
        lad_code is not null
        and csp_code is not null
),

newest as (
    select load_id
    from landed
    order by
        csp_vintage desc nulls last,
        extract_date desc,
        load_id desc
    limit 1
),

current_lookup as (
    select
        landed.lad_code,
        landed.csp_code
    from landed
    inner join newest
        on landed.load_id = newest.load_id
),

-- a lookup of one force says nothing of the others
beside_it as (
    select
        lad_code,
        csp_code
    from landed
    where
        is_reference
        and lad_code not in (select current_lookup.lad_code from current_lookup)
        and csp_code not in (select current_lookup.csp_code from current_lookup)
),

looked_up as (
    select * from current_lookup
    union all
    select * from beside_it
),

seeded as (
    select distinct
        lad_code,
        csp_code
    from local_authorities
    where
        lad_code is not null
        and lad_code not in (select looked_up.lad_code from looked_up)
),

-- an authority that only took another name is no former one
former as (
    select lad_code
    from local_authorities
    where lad_code is not null
    group by lad_code
    having count(valid_to) = count(*)
),

pairs as (
    select
        *,
        true as is_current
    from looked_up
    union all
    select
        seeded.*,
        not exists (select 1 from looked_up) as is_current
    from seeded
)

select
    pairs.lad_code,
    pairs.csp_code,
    areas.force_code,
    -- authorities of the seed are current only where no lookup says which are
    pairs.is_current
    and pairs.lad_code not in (select former.lad_code from former) as is_current,
    count(*) over (partition by pairs.lad_code) > 1 as is_split
from pairs
inner join areas
    on pairs.csp_code = areas.area_code
