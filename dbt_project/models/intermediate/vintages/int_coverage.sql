-- Which months every supplier's scope covers, and which are missing between its first and last.
with

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

loads as (
    select * from {{ ref('stg_landing__loads') }}
),

load_areas as (
    select * from {{ ref('int_load_areas') }}
    where not is_spoken_for
),

areas as (
    select * from {{ ref('areas') }}
),

areas_not_in_file as (
    select
        load_areas.load_id,
        load_areas.scope,
        string_agg(areas.area_name, '; ' order by areas.area_name) as areas_not_in_file
    from load_areas
    inner join areas
        on load_areas.area_code = areas.area_code
    where areas.area_type = 'csp'
    group by
        load_areas.load_id,
        load_areas.scope
),

vintages as (
    select
        source,
        dataset,
        scope,
        indicator_id,
        period_start,
        period_end,
        count(distinct load_id) as vintages,
        min(extract_date) as first_extract_date,
        max(extract_date) as extract_date,
        max_by(load_id, (extract_date, load_id)) as load_id
    from coverage
    group by all
),

supplied as (
    select
        vintages.source,
        vintages.dataset,
        vintages.scope,
        vintages.indicator_id,
        vintages.period_start,
        vintages.period_end,
        true as is_supplied,
        vintages.vintages,
        vintages.first_extract_date,
        vintages.extract_date,
        loads.file,
        loads.rows_read,
        loads.rows_loaded,
        loads.rows_rejected,
        areas_not_in_file.areas_not_in_file,
        loads.is_synthetic
    from vintages
    inner join loads
        on vintages.load_id = loads.load_id
    left join areas_not_in_file
        on
            vintages.load_id = areas_not_in_file.load_id
            and vintages.scope = areas_not_in_file.scope
),

-- gaps are looked for in monthly series only: quarters and years come as their supplier pleases, and what a
-- partnership writes or aims at is of the months that it chooses
monthly_bounds as (
    select
        source,
        dataset,
        scope,
        indicator_id,
        min(period_start) as first_month,
        max(period_start) as last_month,
        bool_or(is_synthetic) as is_synthetic
    from supplied
    where
        last_day(period_start) = period_end
        and dataset not in ('commentary', 'targets')
    group by all
),

expected_months as (
    select
        source,
        dataset,
        scope,
        indicator_id,
        is_synthetic,
        cast(unnest(generate_series(
            cast(first_month as timestamp), cast(last_month as timestamp), interval 1 month
        )) as date) as period_start
    from monthly_bounds
),

missing as (
    select
        expected_months.source,
        expected_months.dataset,
        expected_months.scope,
        expected_months.indicator_id,
        expected_months.period_start,
        last_day(expected_months.period_start) as period_end,
        expected_months.is_synthetic
    from expected_months
    left join supplied
        on
            expected_months.source = supplied.source
            and expected_months.dataset = supplied.dataset
            and expected_months.scope = supplied.scope
            -- a month of which all indicators are covered is covered for each
            and supplied.indicator_id in (expected_months.indicator_id, '*')
            and expected_months.period_start = supplied.period_start
            and last_day(expected_months.period_start) = supplied.period_end
    where supplied.source is null
)

select * from supplied
union all
select
    source,
    dataset,
    scope,
    indicator_id,
    period_start,
    period_end,
    false as is_supplied,
    cast(0 as bigint) as vintages,
    cast(null as date) as first_extract_date,
    cast(null as date) as extract_date,
    cast(null as varchar) as file,
    cast(null as bigint) as rows_read,
    cast(null as bigint) as rows_loaded,
    cast(null as bigint) as rows_rejected,
    cast(null as varchar) as areas_not_in_file,
    is_synthetic
from missing
