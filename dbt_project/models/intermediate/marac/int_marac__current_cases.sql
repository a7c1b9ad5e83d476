-- The MARAC cases in force: of each area and month of discussion only the newest list that covers it.
-- A referral that has not been discussed is no case. Lists hold hundreds of rows: DuckDB's own SQL.
with

cases as (
    select * from {{ ref('stg_marac__cases') }}
),

covered as (
    select * from {{ ref('int_marac__covered_months') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
)

select
    cases.load_id,
    cases.row_number,
    cases.extract_date,
    spellings.area_code,
    covered.month,
    cases.victim_key,
    string_split(coalesce(cases.perpetrator_keys, ''), ';') as perpetrator_keys,
    cases.referral_date,
    cases.discussed_date,
    cases.referring_agency,
    cases.is_any_abuse or cases.is_potentially_criminal as is_any_abuse,
    cases.is_potentially_criminal
from cases
inner join spellings
    on {{ folded_name('cases.area_as_written') }} = spellings.spelling
inner join covered
    on
        cases.load_id = covered.load_id
        and spellings.area_code = covered.area_code
        and cast(date_trunc('month', cases.discussed_date) as date) = covered.month
