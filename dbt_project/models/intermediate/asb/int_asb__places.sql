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
    on {{ folded_name('records.area_as_written') }} = spellings.spelling
inner join areas
    on spellings.area_code = areas.area_code
inner join coverage
    on
        records.load_id = coverage.load_id
        and coverage.source = 'asb'
        -- the name under which the catalog has the area, however the file spells it
        and coverage.scope
        = case
            when areas.area_type in ('csp', 'country') then areas.area_name else areas.area_code
        end
        and coverage.indicator_id
        = case when records.record_type = 'call' then 'asb_calls_for_service' else 'asb_incidents' end
        and cast(date_trunc('month', records.occurred_on) as date) = coverage.period_start
