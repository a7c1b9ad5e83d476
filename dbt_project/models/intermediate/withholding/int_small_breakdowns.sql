-- A breakdown of a quarter of the MARAC return from which a count of 1 to 4 follows: where any return,
-- the newest or one that it replaced, had one in it (its parts sum to the cases, and an old small part
-- would be the old cases less the other parts), and where as many are left of the cases, by one part
-- (38 of 40 says 2) or by all of the referrals.
with

returned as (
    select * from {{ ref('stg_marac__quarterly') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

published_cases as (
    select
        area_code,
        period_start,
        coalesce(value, value_so_far) as cases
    from {{ ref('int_indicator_values') }}
    where
        source = 'marac'
        and indicator_id = 'marac_cases'
        and period_type = 'quarter'
),

-- every return there was, with the cases that it gives itself and those in force
parts as (
    select
        returned.load_id,
        spellings.area_code,
        returned.period_start,
        returned.measure,
        returned.counted,
        max(returned.counted) filter (where returned.measure = 'cases')
            over same_return as cases_returned,
        sum(returned.counted) filter (where returned.measure = 'referrals')
            over same_return as referrals
    from returned
    inner join spellings
        on {{ folded_name('returned.area_as_written') }} = spellings.spelling
    window same_return as (
        partition by returned.load_id, spellings.area_code, returned.period_start
    )
),

told as (
    select
        parts.area_code,
        parts.period_start,
        parts.measure,
        unnest([
            parts.counted,
            parts.cases_returned - parts.counted,
            published_cases.cases - parts.counted,
            case when parts.measure = 'referrals' then parts.cases_returned - parts.referrals end,
            case when parts.measure = 'referrals' then published_cases.cases - parts.referrals end,
        ]) as told_count
    from parts
    left join published_cases
        on
            parts.area_code = published_cases.area_code
            and parts.period_start = published_cases.period_start
    where parts.measure in ('referrals', 'diversity')
)

select distinct
    area_code,
    period_start,
    measure
from told
where
    told_count > 0
    and told_count < {{ var('suppression_threshold') }}
