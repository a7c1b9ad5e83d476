-- Quarterly counts of the Home Office's open data. A file covers an area for each quarter that it names:
-- an indicator whose codes it does not list there counts 0, but for those that a file of selected offences
-- leaves out (landing's coverage names what it has). One row per load; vintage_rank 1 is in force.
with

offences as (
    select * from {{ ref('stg_recorded_crime_open_data__offences') }}
),

areas as (
    select * from {{ ref('areas') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

offence_indicators as (
    select * from {{ ref('int_offence_indicators') }}
),

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
    where source = 'recorded_crime_open_data'
),

forces as (
    select
        spellings.spelling,
        spellings.area_code
    from spellings
    inner join areas
        on spellings.area_code = areas.area_code
    where areas.area_type = 'force'
),

named as (
    select
        *,
        coalesce(csp_code, csp_name) is not null as is_of_partnership,
        {{ folded_name('coalesce(csp_code, csp_name)') }} as partnership_spelling,
        {{ folded_name("force_name || ' (force)'") }} as force_spelling
    from offences
),

-- a partnership that is none of ours, and what a force could not place, is the force's unknown
located as (
    select
        named.load_id,
        named.extract_date,
        named.quarter_start,
        named.offence_code,
        named.offences,
        case
            when not named.is_of_partnership then forces.area_code
            else coalesce(spellings.area_code, forces.area_code || '_unknown')
        end as area_code
    from named
    left join forces
        on named.force_spelling = forces.spelling
    left join spellings
        on named.partnership_spelling = spellings.spelling
),

covered as (
    select
        load_id,
        extract_date,
        area_code,
        quarter_start
    from located
    where area_code is not null
    group by
        load_id,
        extract_date,
        area_code,
        quarter_start
),

counts as (
    select
        located.load_id,
        located.area_code,
        located.quarter_start,
        offence_indicators.indicator_id,
        sum(located.offences) as offences
    from located
    inner join offence_indicators
        on
            located.offence_code = offence_indicators.offence_code
            and located.quarter_start >= coalesce(offence_indicators.valid_from, date '1900-01-01')
            and located.quarter_start <= coalesce(offence_indicators.valid_to, date '9999-12-31')
    group by all
),

counted_indicators as (
    select distinct
        coverage.load_id,
        offence_indicators.indicator_id
    from coverage
    inner join offence_indicators
        on coverage.indicator_id in (offence_indicators.indicator_id, '*')
),

filled as (
    select
        covered.area_code,
        covered.quarter_start,
        covered.extract_date,
        covered.load_id,
        counted_indicators.indicator_id,
        coalesce(counts.offences, 0) as offences
    from covered
    inner join counted_indicators
        on covered.load_id = counted_indicators.load_id
    left join counts
        on
            covered.load_id = counts.load_id
            and covered.area_code = counts.area_code
            and covered.quarter_start = counts.quarter_start
            and counted_indicators.indicator_id = counts.indicator_id
)

select
    'recorded_crime_open_data' as source,
    indicator_id,
    area_code,
    quarter_start as period_start,
    last_day(quarter_start + interval 2 month) as period_end,
    offences as numerator,
    load_id,
    {{ vintage_rank(['area_code', 'quarter_start', 'indicator_id']) }} as vintage_rank,
    extract_date
from filled
