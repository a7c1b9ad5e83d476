-- Quarterly counts of the Home Office's open data: of each area and quarter the newest extract's.
with

vintages as (
    select * from {{ ref('int_recorded_crime_open_data__vintages') }}
)

select
    source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    numerator,
    cast(null as double) as denominator,
    cast(null as double) as stated_value,
    true as is_supplied,
    extract_date
from vintages
where vintage_rank = 1
