-- Portable SQL (tag: records). One row per record and indicator that it counts in: by its offence code, as
-- that stood on the recorded date, and by its markers. A code that nobody knows, or that was no code on
-- that day, counts in total recorded crime alone.
{{ config(materialized='view') }}

{% set markers = [
    'domestic_abuse', 'hate_crime', 'knife', 'business', 'public_place', 'gang', 'cyber',
    'female_genital_mutilation', 'repeat_victim', 'youth_victim', 'older_victim',
    'hate_race', 'hate_religion', 'hate_sexual_orientation', 'hate_disability', 'hate_transgender',
] -%}

with

records as (
    select * from {{ ref('int_force_extract__located') }}
),

codes as (
    select * from {{ ref('int_offence_codes') }}
),

offence_indicators as (
    select * from {{ ref('int_offence_indicators') }}
),

marker_indicators as (
    select * from {{ ref('int_marker_indicators') }}
),

counted_in_total as (
    select distinct offence_code
    from offence_indicators
    where indicator_id = 'total_recorded_crime'
),

-- known codes of offences that forces do not record (fraud recorded centrally)
not_recorded_by_forces as (
    select codes.offence_code
    from codes
    left join counted_in_total
        on codes.offence_code = counted_in_total.offence_code
    where counted_in_total.offence_code is null
),

crimes as (
    select
        records.*,
        codes.offence_group
    from records
    left join codes
        on
            records.offence_code = codes.offence_code
            and records.recorded_date >= coalesce(codes.valid_from, cast('0001-01-01' as date))
            and records.recorded_date <= coalesce(codes.valid_to, cast('9999-12-31' as date))
    left join not_recorded_by_forces
        on records.offence_code = not_recorded_by_forces.offence_code
    where not_recorded_by_forces.offence_code is null
),

in_total as (
    select
        load_id,
        row_number,
        'total_recorded_crime' as indicator_id
    from crimes
),

by_code as (
    select
        crimes.load_id,
        crimes.row_number,
        offence_indicators.indicator_id
    from crimes
    inner join offence_indicators
        on
            crimes.offence_code = offence_indicators.offence_code
            and (
                offence_indicators.valid_from is null
                or crimes.recorded_date >= offence_indicators.valid_from
            )
            and (
                offence_indicators.valid_to is null
                or crimes.recorded_date <= offence_indicators.valid_to
            )
    where offence_indicators.indicator_id <> 'total_recorded_crime'
),

marked as (
    {% for marker in markers -%}
    select
        load_id,
        row_number,
        offence_group,
        offence_code,
        '{{ marker }}' as marker
    from crimes
    where {{ marker }} = 'yes'
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor -%}
),

by_marker as (
    select
        marked.load_id,
        marked.row_number,
        marker_indicators.indicator_id
    from marked
    inner join marker_indicators
        on
            marked.marker = marker_indicators.marker
            and (
                marker_indicators.offence_group is null
                or marked.offence_group = marker_indicators.offence_group
            )
            and (
                marker_indicators.offence_code is null
                or marked.offence_code = marker_indicators.offence_code
            )
),

-- a record counts once in an indicator, by however many rules it does
each_once as (
    select * from in_total
    union
    select * from by_code
    union
    select * from by_marker
)

select
    load_id,
    row_number,
    indicator_id
from each_once
