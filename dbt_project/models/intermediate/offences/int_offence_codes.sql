-- Portable SQL (tag: records). Every offence code that is known: the seed's, and beside them those of the
-- newest reference table of the Home Office that has landed.
with

seeded as (
    select * from {{ ref('offence_codes') }}
),

reference_codes as (
    select * from {{ ref('stg_offence_reference__codes') }}
),

ranked as (
    select
        *,
        dense_rank() over (order by extract_date desc, load_id desc) as newness
    from reference_codes
)

select
    offence_code,
    offence_subgroup,
    offence_group,
    valid_from,
    valid_to,
    false as is_landed
from seeded
union all
select
    offence_code,
    offence_subgroup,
    offence_group,
    valid_from,
    valid_to,
    true as is_landed
from ranked
where
    newness = 1
    and offence_code not in (select seeded.offence_code from seeded)
