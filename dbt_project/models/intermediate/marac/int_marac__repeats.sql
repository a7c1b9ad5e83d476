-- The MARAC cases in force, of each area and month of discussion only the newest list that covers it,
-- each with whether it is a repeat: the same victim and at least one of the same perpetrators as in an
-- earlier referral of at most 12 months before (from the last referral, not the last conference). By the
-- version any_abuse any abuse makes a repeat, by potentially_criminal only what would be a crime if it
-- were reported; NULL where the list does not say what would be. A case without a perpetrator's key is never one.
with

all_cases as (
    select * from {{ ref('int_marac__cases') }}
),

covered as (
    select * from {{ ref('int_marac__covered_months') }}
),

cases as (
    select all_cases.*
    from all_cases
    inner join covered
        on
            all_cases.load_id = covered.load_id
            and all_cases.area_code = covered.area_code
            and all_cases.month = covered.month
),

earlier as (
    select
        cases.load_id,
        cases.row_number,
        max(before.referral_date) as last_referral_date
    from cases
    inner join cases as before
        on
            cases.area_code = before.area_code
            and cases.victim_key = before.victim_key
            and cases.referral_date > before.referral_date
            and cases.referral_date <= before.referral_date + interval 12 month
            and list_has_any(cases.perpetrator_keys, before.perpetrator_keys)
    group by all
)

select
    cases.load_id,
    cases.row_number,
    cases.area_code,
    cases.month,
    cases.referral_date,
    earlier.last_referral_date,
    earlier.last_referral_date is not null and cases.is_any_abuse as is_repeat_any_abuse,
    case
        when cases.is_potentially_criminal is not null
            then earlier.last_referral_date is not null and cases.is_potentially_criminal
    end as is_repeat_potentially_criminal
from cases
left join earlier
    on
        cases.load_id = earlier.load_id
        and cases.row_number = earlier.row_number
