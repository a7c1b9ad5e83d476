-- What an area's name or code, folded by the macro folded_name, means. A name that stands for areas of
-- several levels ("West Midlands" is a force and a region) is read as the partnership, else the country;
-- force and region must be written by code or with their level ("West Midlands (force)").
with

area_spellings as (
    select * from {{ ref('stg_landing__area_spellings') }}
)

select
    spelling,
    area_code
from area_spellings
