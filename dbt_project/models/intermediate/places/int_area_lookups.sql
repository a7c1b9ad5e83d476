-- Every line that says where something lies: of lookups that have landed, and of the reference tables of
-- the project, which speak where no newer boundaries have landed.
with

lookups as (
    select * from {{ ref('stg_lookups__areas') }}
),

small_areas as (
    select * from {{ ref('stg_reference__small_areas') }}
),

authority_partnerships as (
    select * from {{ ref('stg_reference__authority_partnerships') }}
)

select
    load_id,
    row_number,
    extract_date,
    lsoa11_code,
    lsoa11_name,
    lsoa21_code,
    lsoa21_name,
    ward_code,
    ward_name,
    ward_vintage,
    lad_code,
    lad_vintage,
    csp_code,
    csp_vintage,
    false as is_reference
from lookups
union all
select
    'reference' as load_id,
    cast(0 as bigint) as row_number,
    -- of the same boundaries, what has landed is the newer word
    date '1900-01-01' as extract_date,
    lsoa11_code,
    lsoa11_name,
    lsoa21_code,
    lsoa21_name,
    ward_code,
    ward_name,
    cast(2024 as bigint) as ward_vintage,
    lad_code,
    cast(2024 as bigint) as lad_vintage,
    cast(null as varchar) as csp_code,
    cast(null as bigint) as csp_vintage,
    true as is_reference
from small_areas
union all
select
    'reference' as load_id,
    cast(0 as bigint) as row_number,
    date '1900-01-01' as extract_date,
    cast(null as varchar) as lsoa11_code,
    cast(null as varchar) as lsoa11_name,
    cast(null as varchar) as lsoa21_code,
    cast(null as varchar) as lsoa21_name,
    cast(null as varchar) as ward_code,
    cast(null as varchar) as ward_name,
    cast(null as bigint) as ward_vintage,
    lad_code,
    cast(2024 as bigint) as lad_vintage,
    csp_code,
    cast(2024 as bigint) as csp_vintage,
    true as is_reference
from authority_partnerships
