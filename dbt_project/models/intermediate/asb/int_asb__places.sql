-- Incidents and calls by area, place and month, with the keys of who called and where (hashed): those
-- in force, each in one place only: its ward, else its LSOA. Private.
with

records as (
    select * from {{ ref('stg_asb__records') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

areas as (
    select * from {{ ref('areas') }}
),

coverage as (
    select * from {{ ref('int_current_coverage') }}
)

select
    records.load_id,
    records.row_number,
    records.extract_date,
    records.record_type,
    spellings.area_code,
    {{ place_type_of_incident('records') }} as place_type,
    {{ place_of_incident('records') }} as place,
    coverage.period_start as month,
    records.records,
    records.caller_key,
    records.location_key
from records
inner join spellings
    on {{ folded_name('records.area_as_written') }} = spellings.spelling
inner join areas
    on spellings.area_code = areas.area_code
inner join coverage
    on
        records.load_id = coverage.load_id
        and coverage.source = 'asb'
        and coverage.scope = {{ scope_of_incident('areas') }}
        and coverage.indicator_id = {{ indicator_of_incident('records.record_type') }}
        and {{ month_of_incident('records') }} = coverage.period_start
