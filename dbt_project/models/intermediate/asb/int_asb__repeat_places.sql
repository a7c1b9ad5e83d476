-- Per place and month: records, and how many of them are of callers and locations with another record
-- in the same partnership within the twelve months that end with the month. NULL where no record of the
-- place and month has such a key. In full (private).
with

records as (
    select * from {{ ref('int_asb__places') }}
),

{% for subject in ['caller', 'location'] -%}
{{ subject }}_months as (
    select
        area_code,
        record_type,
        {{ subject }}_key,
        month,
        {{ month_number('month') }} as month_number,
        sum(records) as records
    from records
    where {{ subject }}_key is not null
    group by
        area_code,
        record_type,
        {{ subject }}_key,
        month
),

repeat_{{ subject }}s as (
    select
        area_code,
        record_type,
        {{ subject }}_key,
        month
    from {{ subject }}_months
    qualify
        sum(records) over (
            partition by area_code, record_type, {{ subject }}_key
            order by month_number
            range between 11 preceding and current row
        ) > 1
),

{% endfor -%}
marked as (
    select
        records.*,
        repeat_callers.caller_key is not null as is_repeat_caller,
        repeat_locations.location_key is not null as is_repeat_location
    from records
    left join repeat_callers
        on
            records.area_code = repeat_callers.area_code
            and records.record_type = repeat_callers.record_type
            and records.caller_key = repeat_callers.caller_key
            and records.month = repeat_callers.month
    left join repeat_locations
        on
            records.area_code = repeat_locations.area_code
            and records.record_type = repeat_locations.record_type
            and records.location_key = repeat_locations.location_key
            and records.month = repeat_locations.month
)

select
    area_code,
    record_type,
    place_type,
    place,
    month,
    cast(sum(records) as bigint) as records,
    {% for subject, came_again in [('caller', 'of_repeat_callers'), ('location', 'at_repeat_locations')] -%}
    -- where no record says whose it is, nothing is known of who came again: not none
    nullif(count(distinct {{ subject }}_key), 0) as {{ subject }}s,
    case
        when count({{ subject }}_key) > 0
            then count(distinct case when is_repeat_{{ subject }} then {{ subject }}_key end)
    end as repeat_{{ subject }}s,
    case
        when count({{ subject }}_key) > 0
            then cast(coalesce(sum(case when is_repeat_{{ subject }} then records end), 0) as bigint)
    end as records_{{ came_again }},
    {% endfor -%}
    max(extract_date) as extract_date
from marked
group by all
