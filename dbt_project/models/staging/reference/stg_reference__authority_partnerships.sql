with

source as (
    select * from {{ source('reference', 'authority_partnerships') }}
)

select
    lad_code,
    lad_name,
    csp_code
from source
