-- Parts of a quarter of the MARAC return that are withheld, because a count of 1 to 4 follows from them in
-- any return, the newest or one that it replaced: by itself, or by what it leaves of the cases (38 of 40
-- says 2). Referrals by agency sum to the cases: where one is small, or the rest that is not listed is, the
-- smallest other one goes with it. Which groups of the diversity counts make up the cases is not known:
-- one small part withholds all of them.
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
        lower(returned.breakdown) as breakdown,
        returned.counted,
        max(returned.counted) filter (where returned.measure = 'cases')
            over same_return as cases_returned,
        sum(returned.counted) over same_measure as listed
    from returned
    inner join spellings
        on {{ folded_name('returned.area_as_written') }} = spellings.spelling
    window
        same_return as (
            partition by returned.load_id, spellings.area_code, returned.period_start
        ),
        same_measure as (
            partition by
                returned.load_id, spellings.area_code, returned.period_start, returned.measure
        )
),

{% set small = 'between 1 and ' ~ var('suppression_threshold') ~ ' - 1' -%}

judged as (
    select
        parts.*,
        parts.counted {{ small }}
        or coalesce(parts.cases_returned - parts.counted {{ small }}, false)
        or coalesce(published_cases.cases - parts.counted {{ small }}, false) as is_small,
        parts.measure = 'referrals'
        and (
            coalesce(parts.cases_returned - parts.listed {{ small }}, false)
            or coalesce(published_cases.cases - parts.listed {{ small }}, false)
        ) as leaves_small
    from parts
    left join published_cases
        on
            parts.area_code = published_cases.area_code
            and parts.period_start = published_cases.period_start
    where parts.measure in ('referrals', 'diversity')
),

ordered as (
    select
        *,
        bool_or(is_small or leaves_small) over (
            partition by load_id, area_code, period_start, measure
        ) as has_small,
        row_number() over (
            partition by load_id, area_code, period_start, measure, is_small
            order by counted, breakdown
        ) as place_in_order,
        bool_or(is_small) over (partition by area_code, period_start, measure) as has_ever_small
    from judged
)

select distinct
    area_code,
    period_start,
    measure,
    breakdown
from ordered
where
    is_small
    or (measure = 'referrals' and has_small and place_in_order = 1)
    or (measure = 'diversity' and has_ever_small)
