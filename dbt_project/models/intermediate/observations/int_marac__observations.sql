-- MARAC counts by month from the lists of cases, and by quarter as returned.
with

monthly as (
    select * from {{ ref('int_marac__months') }}
),

quarterly as (
    select * from {{ ref('int_marac__quarterly') }}
),

observed as (
    select
        indicator_id,
        area_code,
        month as period_start,
        last_day(month) as period_end,
        cast(counted as double) as numerator,
        extract_date
    from monthly
    union all
    select
        case
            when measure = 'cases' then 'marac_cases'
            when measure = 'children' then 'marac_children'
            when breakdown = 'any_abuse' then 'marac_repeat_cases'
            else 'marac_repeat_cases_criminal'
        end as indicator_id,
        area_code,
        period_start,
        period_end,
        counted as numerator,
        extract_date
    from quarterly
    where measure in ('cases', 'repeats', 'children')
)

select
    'marac' as source,
    indicator_id,
    area_code,
    period_start,
    period_end,
    numerator,
    cast(null as double) as denominator,
    cast(null as double) as stated_value,
    true as is_supplied,
    extract_date
from observed
