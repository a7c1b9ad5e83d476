-- What an area's name or code, as a supplier writes it, means. A name that stands for areas of several levels
-- ("West Midlands" is a force and a region) is read as the partnership, else the country; force and
-- region must be written by code or with its level ("West Midlands (force)").
with

areas as (
    select * from {{ ref('areas') }}
),

spellings as (
    select
        area_code,
        lower(area_code) as spelling
    from areas
    union all
    select
        area_code,
        lower(lad_code) as spelling
    from areas
    where area_type = 'csp' and lad_code is not null
    union all
    select
        area_code,
        lower(area_name) as spelling
    from areas
    where area_type in ('csp', 'country')
    union all
    select
        area_code,
        lower(area_name) || ' (' || area_type || ')' as spelling
    from areas
)

select
    spelling,
    min(area_code) as area_code
from spellings
group by spelling
having count(distinct area_code) = 1
