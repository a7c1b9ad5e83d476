-- MARAC counts by month from the lists of cases, and by quarter as returned. A covered month without
-- cases has none; repeats of a month are known only where the twelve months before are covered too.
with

covered as (
    select * from {{ ref('int_marac__covered_months') }}
),

cases as (
    select * from {{ ref('int_marac__repeats') }}
),

quarterly as (
    select * from {{ ref('int_marac__quarterly') }}
),

months as (
    select
        covered.area_code,
        covered.month,
        covered.extract_date,
        covered.has_year_before,
        count(cases.load_id) as cases,
        -- not count_if(), which is NULL, not 0, over a month without cases
        count(*) filter (where cases.is_repeat_any_abuse) as repeats_any_abuse,
        count(*) filter (where cases.is_repeat_potentially_criminal) as repeats_potentially_criminal
    from covered
    left join cases
        on
            covered.area_code = cases.area_code
            and covered.month = cases.month
    group by
        covered.area_code,
        covered.month,
        covered.extract_date,
        covered.has_year_before
),

monthly as (
    select
        'marac_cases' as indicator_id,
        area_code,
        month,
        extract_date,
        cases as counted
    from months
    union all
    select
        'marac_repeat_cases' as indicator_id,
        area_code,
        month,
        extract_date,
        repeats_any_abuse as counted
    from months
    where has_year_before
    union all
    select
        'marac_repeat_cases_criminal' as indicator_id,
        area_code,
        month,
        extract_date,
        repeats_potentially_criminal as counted
    from months
    where has_year_before
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
