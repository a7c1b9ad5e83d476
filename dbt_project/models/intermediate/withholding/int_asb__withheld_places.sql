-- Places and months of which the number of records is withheld, as at any extract: a number of 1 to 4, and
-- the smallest other one of the month, since the places of a month sum to the published figure of the area.
-- What an earlier extract had to withhold stays withheld: an older figure of the area less the other places,
-- one of them shown only now, would reveal it. Private.
with

records as (
    select * from {{ ref('stg_asb__records') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

covered as (
    select distinct
        load_id,
        period_start as month
    from {{ ref('stg_landing__coverage') }}
    where source = 'asb'
),

counted as (
    select
        records.load_id,
        spellings.area_code,
        records.record_type,
        {{ place_type_of_incident('records') }} as place_type,
        {{ place_of_incident('records') }} as place,
        covered.month,
        sum(records.records) as records
    from records
    inner join spellings
        on {{ folded_name('records.area_as_written') }} = spellings.spelling
    inner join covered
        on
            records.load_id = covered.load_id
            and {{ month_of_incident('records') }} = covered.month
    group by
        records.load_id,
        spellings.area_code,
        records.record_type,
        place_type,
        place,
        covered.month
),

ordered as (
    select
        *,
        records < {{ var('suppression_threshold') }} as is_small,
        bool_or(records < {{ var('suppression_threshold') }}) over same_month as has_small,
        row_number() over (
            partition by
                load_id,
                area_code,
                record_type,
                month,
                records < {{ var('suppression_threshold') }}
            order by records, place_type, place
        ) as place_in_order
    from counted
    window same_month as (partition by load_id, area_code, record_type, month)
)

select distinct
    area_code,
    record_type,
    place_type,
    place,
    month
from ordered
where
    is_small
    or (has_small and place_in_order = 1)
