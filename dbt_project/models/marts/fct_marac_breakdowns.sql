-- A part is withheld where a small count of the quarter follows from it in any return
-- (int_small_breakdowns), and all of them where the number of cases is withheld itself.
with

quarterly as (
    select * from {{ ref('int_marac__quarterly') }}
),

small as (
    select * from {{ ref('int_small_breakdowns') }}
),

areas as (
    select * from {{ ref('areas') }}
),

withheld_cases as (
    select distinct
        area_code,
        period_end
    from {{ ref('int_withheld_rows') }}
    where
        is_withheld
        and indicator_id = 'marac_cases'
        and period_type = 'quarter'
),

judged as (
    select
        quarterly.* replace (cast(quarterly.counted as bigint) as counted),
        small.area_code is not null or withheld_cases.area_code is not null as is_withheld
    from quarterly
    left join small
        on
            quarterly.area_code = small.area_code
            and quarterly.period_start = small.period_start
            and quarterly.measure = small.measure
            and lower(quarterly.breakdown) = small.breakdown
    left join withheld_cases
        on
            quarterly.area_code = withheld_cases.area_code
            and quarterly.period_end = withheld_cases.period_end
    where quarterly.measure in ('referrals', 'diversity')
)

select
    judged.area_code,
    areas.area_name,
    judged.period_label,
    judged.period_start,
    judged.period_end,
    judged.measure,
    judged.breakdown,
    {{ unless_withheld(['counted'], of='judged') }},
    judged.is_withheld as is_suppressed,
    judged.extract_date
from judged
inner join areas
    on judged.area_code = areas.area_code
