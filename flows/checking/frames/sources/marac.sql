with

quarters as (
    select
        _load_id as load_id,
        max(count) filter (where measure = 'cases') as cases,
        max(count) filter (where measure = 'repeats') as repeats
    from marac_quarterly
    group by _load_id, area, quarter
)

select
    cases._load_id as load_id,
    count(*) filter (
        where not regexp_full_match(cases.victim_key, '[0-9a-f]{64}(;[0-9a-f]{64})*')
        or not regexp_full_match(cases.perpetrator_keys, '[0-9a-f]{64}(;[0-9a-f]{64})*')
    ) as unhashed_keys,
    0 as repeats_above_cases,
    count(*) filter (
        where greatest(cases.referral_date, cases.discussed_date) > loads.extract_date
    ) as rows_after_extract,
    count(*) filter (where cases.perpetrator_keys is null) as rows_without_perpetrator
from marac_cases as cases
inner join loads_in_force as loads on cases._load_id = loads.load_id
group by cases._load_id
union all
select
    load_id,
    0,
    count(*) filter (where repeats > cases),
    0,
    0
from quarters
group by load_id
