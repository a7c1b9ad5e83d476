-- MARAC counts by month from the lists of cases. A covered month without cases has none; repeats of a
-- month are known only where the twelve months before are there too. Once the archive has a month of a
-- list, that stands: the rows it was counted from, or looked back on, may be gone.
with

covered as (
    select * from {{ ref('int_marac__covered_months') }}
),

cases as (
    select * from {{ ref('int_marac__repeats') }}
),

archive as (
    select * from {{ ref('stg_landing__counts_archive') }}
    where dataset = 'marac_cases'
),

archived_months as (
    select distinct
        load_id,
        area_code,
        month
    from archive
),

counted as (
    select
        covered.load_id,
        covered.area_code,
        covered.month,
        covered.extract_date,
        covered.has_year_before,
        count(cases.load_id) as cases,
        -- not count_if(), which is NULL, not 0, over a month without cases
        count(*) filter (where cases.is_repeat_any_abuse) as repeats_any_abuse,
        case
            when
                count(*) filter (
                    where cases.load_id is not null and cases.is_repeat_potentially_criminal is null
                ) = 0
                then count(*) filter (where cases.is_repeat_potentially_criminal)
        end as repeats_potentially_criminal
    from covered
    left join archived_months
        on
            covered.load_id = archived_months.load_id
            and covered.area_code = archived_months.area_code
            and covered.month = archived_months.month
    left join cases
        on
            covered.area_code = cases.area_code
            and covered.month = cases.month
    where
        covered.has_records
        and archived_months.load_id is null
    group by all
)

select
    load_id,
    area_code,
    month,
    extract_date,
    'marac_cases' as indicator_id,
    cases as counted
from counted
union all
select
    load_id,
    area_code,
    month,
    extract_date,
    'marac_repeat_cases' as indicator_id,
    repeats_any_abuse as counted
from counted
where has_year_before
union all
select
    load_id,
    area_code,
    month,
    extract_date,
    'marac_repeat_cases_criminal' as indicator_id,
    repeats_potentially_criminal as counted
from counted
where
    has_year_before
    and repeats_potentially_criminal is not null
union all
select
    covered.load_id,
    covered.area_code,
    covered.month,
    covered.extract_date,
    archive.indicator_id,
    archive.records as counted
from covered
inner join archive
    on
        covered.load_id = archive.load_id
        and covered.area_code = archive.area_code
        and covered.month = archive.month
