-- Incidents and calls by area, place and month, with the keys of who called and where (hashed): those
-- in force, each in one place only: its ward, else its LSOA. Private.
with

records as (
    select * from {{ ref('stg_asb__records') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
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
    case
        when records.ward is not null then 'ward'
        when records.lsoa_code is not null then 'lsoa'
        else 'unknown'
    end as place_type,
    coalesce(records.ward, records.lsoa_code, 'unknown') as place,
    coverage.period_start as month,
    records.records,
    records.caller_key,
    records.location_key
from records
inner join spellings
    on lower(trim(records.area_as_written)) = spellings.spelling
inner join coverage
    on
        records.load_id = coverage.load_id
        and coverage.source = 'asb'
        and records.area_as_written = coverage.scope
        and coverage.indicator_id
        = case when records.record_type = 'call' then 'asb_calls_for_service' else 'asb_incidents' end
        and cast(date_trunc('month', records.occurred_on) as date) = coverage.period_start
