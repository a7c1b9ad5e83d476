-- MARAC counts by month from the lists of cases, as at each extract date of a list: of each area and
-- month the newest list by then. What was published then was made of these; the rule of withholding
-- asks for them. Private. Counts of lists whose rows are gone come from the archive.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

cases as (
    select * from {{ ref('int_marac__cases') }}
),

listed as (
    select * from {{ ref('stg_marac__cases') }}
),

archive as (
    select * from {{ ref('stg_landing__counts_archive') }}
    where dataset = 'marac_cases'
),

archived_lists as (
    select distinct load_id from archive
),

-- a list of referrals that were not discussed has rows, and no case
lists_with_rows as (
    select distinct load_id from listed
),

lists as (
    select
        coverage.load_id,
        coverage.extract_date,
        spellings.area_code,
        coverage.period_start as month,
        loads.rows_loaded = 0 or lists_with_rows.load_id is not null as has_records,
        archived_lists.load_id is not null as is_archived,
        lead(coverage.extract_date) over (
            partition by spellings.area_code, coverage.period_start
            order by coverage.extract_date, coverage.load_id
        ) as replaced_on
    from coverage
    inner join spellings
        on {{ folded_name('coverage.scope') }} = spellings.spelling
    inner join loads
        on coverage.load_id = loads.load_id
    left join lists_with_rows
        on coverage.load_id = lists_with_rows.load_id
    left join archived_lists
        on coverage.load_id = archived_lists.load_id
    where
        coverage.source = 'marac'
        and coverage.dataset = 'marac_cases'
),

dates as (
    select distinct
        area_code,
        extract_date as vintage_date
    from lists
),

lists_at as (
    select
        lists.load_id,
        lists.area_code,
        lists.month,
        lists.has_records,
        lists.is_archived,
        dates.vintage_date,
        -- repeats of a month are known only where the twelve months before are there too
        count(*) filter (where lists.has_records) over (
            partition by lists.area_code, dates.vintage_date
            order by {{ month_number('lists.month') }}
            range between 12 preceding and current row
        ) = 13 as has_year_before
    from lists
    inner join dates
        on
            lists.area_code = dates.area_code
            and dates.vintage_date >= lists.extract_date
            and (lists.replaced_on is null or dates.vintage_date < lists.replaced_on)
),

cases_at as (
    select
        lists_at.vintage_date,
        cases.*
    from cases
    inner join lists_at
        on
            cases.load_id = lists_at.load_id
            and cases.area_code = lists_at.area_code
            and cases.month = lists_at.month
),

repeats_at as (
    select distinct
        cases_at.vintage_date,
        cases_at.load_id,
        cases_at.row_number
    from cases_at
    inner join cases_at as before
        on
            cases_at.vintage_date = before.vintage_date
            and cases_at.area_code = before.area_code
            and cases_at.victim_key = before.victim_key
            and cases_at.referral_date > before.referral_date
            and cases_at.referral_date <= before.referral_date + interval 12 month
            and list_has_any(cases_at.perpetrator_keys, before.perpetrator_keys)
),

counted as (
    select
        lists_at.vintage_date,
        lists_at.load_id,
        lists_at.area_code,
        lists_at.month,
        lists_at.has_year_before,
        count(cases_at.load_id) as cases,
        count(repeats_at.load_id) filter (where cases_at.is_any_abuse) as repeats_any_abuse,
        case
            when
                count(*) filter (
                    where
                    cases_at.load_id is not null
                    and cases_at.is_potentially_criminal is null
                ) = 0
                then count(repeats_at.load_id) filter (where cases_at.is_potentially_criminal)
        end as repeats_potentially_criminal
    from lists_at
    left join cases_at
        on
            lists_at.vintage_date = cases_at.vintage_date
            and lists_at.load_id = cases_at.load_id
            and lists_at.area_code = cases_at.area_code
            and lists_at.month = cases_at.month
    left join repeats_at
        on
            cases_at.vintage_date = repeats_at.vintage_date
            and cases_at.load_id = repeats_at.load_id
            and cases_at.row_number = repeats_at.row_number
    where
        lists_at.has_records
        and not lists_at.is_archived
    group by all
),

by_indicator as (
    select
        vintage_date,
        load_id,
        area_code,
        month,
        unnest(['marac_cases', 'marac_repeat_cases', 'marac_repeat_cases_criminal'])
            as indicator_id,
        unnest([
            cases,
            case when has_year_before then repeats_any_abuse end,
            case when has_year_before then repeats_potentially_criminal end,
        ]) as counted
    from counted
)

select
    vintage_date,
    load_id,
    area_code,
    month,
    indicator_id,
    counted
from by_indicator
where counted is not null
union all
select
    lists_at.vintage_date,
    lists_at.load_id,
    lists_at.area_code,
    lists_at.month,
    archive.indicator_id,
    archive.records as counted
from lists_at
inner join archive
    on
        lists_at.load_id = archive.load_id
        and lists_at.area_code = archive.area_code
        and lists_at.month = archive.month
