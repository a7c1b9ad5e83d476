-- Every figure that a source stated, at each of its extract dates: one row per source, indicator, area,
-- period and extract date. Of one date the last line of the last load stands, as it does in the
-- observations in force.
with

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

ons_tables as (
    select * from {{ ref('int_ons_pfa_tables__located') }}
),

open_data as (
    select * from {{ ref('int_recorded_crime_open_data__vintages') }}
),

as_written as (
    select
        source,
        indicator_id,
        area_as_written,
        period_start,
        period_end,
        extract_date,
        load_id,
        row_number,
        numerator,
        denominator,
        value as stated_value
    from {{ ref('stg_partner_returns__figures') }}
    where
        comparator is null
        and programme is null
    union all by name
    select
        'force_counts' as source,
        indicator_id,
        area_as_written,
        month as period_start,
        last_day(month) as period_end,
        extract_date,
        load_id,
        row_number,
        cast(records as double) as numerator
    from {{ ref('stg_force_counts__counts') }}
    union all by name
    select
        'marac' as source,
        case
            when measure = 'cases' then 'marac_cases'
            when measure = 'children' then 'marac_children'
            when lower(breakdown) = 'any_abuse' then 'marac_repeat_cases'
            else 'marac_repeat_cases_criminal'
        end as indicator_id,
        area_as_written,
        period_start,
        period_end,
        extract_date,
        load_id,
        row_number,
        cast(counted as double) as numerator
    from {{ ref('stg_marac__quarterly') }}
    where measure in ('cases', 'repeats', 'children')
),

located as (
    select
        as_written.source,
        as_written.indicator_id,
        spellings.area_code,
        as_written.period_start,
        as_written.period_end,
        as_written.extract_date,
        row_number() over (
            partition by
                as_written.source,
                as_written.indicator_id,
                spellings.area_code,
                as_written.period_start,
                as_written.period_end,
                as_written.extract_date
            order by as_written.load_id desc, as_written.row_number desc
        ) as choice,
        as_written.numerator,
        as_written.denominator,
        as_written.stated_value
    from as_written
    inner join spellings
        on {{ folded_name('as_written.area_as_written') }} = spellings.spelling
),

ons_counts as (
    select
        indicator_id,
        area_code,
        period_start,
        period_end,
        extract_date,
        edition_end,
        load_id,
        -- a force's airport and its unassigned offences are one row
        sum(value) as numerator
    from ons_tables
    where
        table_name in ('counts', 'counts_year_before')
        and indicator_id is not null
        and value is not null
    group by all
),

all_stated as (
    select
        source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        extract_date,
        numerator,
        denominator,
        stated_value
    from located
    where choice = 1
    union all by name
    select
        'ons_pfa_tables' as source,
        indicator_id,
        area_code,
        min(period_start) as period_start,
        period_end,
        extract_date,
        max_by(numerator, (edition_end, load_id)) as numerator
    from ons_counts
    group by all
    union all by name
    select
        source,
        indicator_id,
        area_code,
        period_start,
        period_end,
        extract_date,
        max_by(numerator, load_id) as numerator
    from open_data
    group by all
)

select * from all_stated
