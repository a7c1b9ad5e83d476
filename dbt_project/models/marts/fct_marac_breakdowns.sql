-- A breakdown with one count of 1 to 4 is withheld whole: its parts sum to the cases of the quarter.
with

quarterly as (
    select * from {{ ref('int_marac__quarterly') }}
),

areas as (
    select * from {{ ref('areas') }}
),

judged as (
    select
        *,
        bool_or(counted between 1 and {{ var('suppression_threshold') - 1 }}) over (
            partition by area_code, period_start, measure
        ) as is_withheld
    from quarterly
    where measure in ('referrals', 'diversity')
)

select
    judged.area_code,
    areas.area_name,
    judged.period_label,
    judged.period_start,
    judged.period_end,
    judged.measure,
    judged.breakdown,
    {{ unless_withheld('cast(judged.counted as bigint)') }} as counted,
    judged.is_withheld as is_suppressed,
    judged.extract_date
from judged
inner join areas
    on judged.area_code = areas.area_code
