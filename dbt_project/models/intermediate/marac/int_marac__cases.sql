-- The cases of every list of MARAC cases that landed, by area and month of discussion (a referral that has
-- not been discussed is no case), in force or replaced: which lists count is for their readers to say.
{{ config(materialized='view') }}

with

listed as (
    select * from {{ ref('stg_marac__cases') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
)

select
    listed.load_id,
    listed.row_number,
    spellings.area_code,
    cast(date_trunc('month', listed.discussed_date) as date) as month,
    listed.victim_key,
    list_filter(
        string_split(coalesce(listed.perpetrator_keys, ''), ';'), lambda one: one <> ''
    ) as perpetrator_keys,
    listed.referral_date,
    listed.is_any_abuse or coalesce(listed.is_potentially_criminal, false) as is_any_abuse,
    listed.is_potentially_criminal
from listed
inner join spellings
    on {{ folded_name('listed.area_as_written') }} = spellings.spelling
where listed.discussed_date is not null
