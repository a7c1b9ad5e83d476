-- Everything that restricted sources ever said about the counts behind sensitive indicators: one row
-- per source, extract date, indicator, area and period as the newest extract up to that date had it.
-- The rule of withholding goes through these states in their order, as the nights did. The last
-- state of all is what is in force now.
with

sensitive as (
    select distinct indicator_id
    from {{ ref('int_sensitive_quantities') }}
    where part <> 'linked'
),

public_sources as (
    select source
    from {{ ref('sources') }}
    where is_public
),

coverage as (
    select * from {{ ref('stg_landing__coverage') }}
),

record_vintages as (
    select * from {{ ref('int_record_vintages') }}
),

spellings as (
    select * from {{ ref('int_area_spellings') }}
),

observations as (
    select * from {{ ref('int_observations') }}
),

-- sources of records: at each of a source's extract dates the newest that it had said by then
restricted_records as (
    select record_vintages.*
    from record_vintages
    inner join sensitive
        on record_vintages.indicator_id = sensitive.indicator_id
    where record_vintages.source not in (select public_sources.source from public_sources)
),

record_dates as (
    select distinct
        source,
        extract_date as vintage_date
    from restricted_records
),

records_at as (
    select
        restricted_records.*,
        record_dates.vintage_date,
        row_number() over (
            partition by
                record_dates.vintage_date,
                restricted_records.source,
                restricted_records.indicator_id,
                restricted_records.area_code,
                restricted_records.period_start
            order by restricted_records.extract_date desc
        ) as vintage_rank
    from record_dates
    inner join restricted_records
        on
            record_dates.source = restricted_records.source
            and record_dates.vintage_date >= restricted_records.extract_date
),

from_records as (
    select
        source,
        vintage_date,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        cast(null as double) as denominator,
        cast(null as double) as stated_value
    from records_at
    where
        vintage_rank = 1
        -- a month that the area's own force did not supply is not published, whatever others' files hold
        and is_supplied
),

-- sources that state figures, each line with its own extract date
stated as (
    select
        'partner_returns' as source,
        extract_date,
        load_id,
        row_number,
        indicator_id,
        area_as_written,
        period_start,
        period_end,
        numerator,
        denominator,
        value as stated_value
    from {{ ref('stg_partner_returns__figures') }}
    where comparator is null
    union all
    select
        'force_counts' as source,
        extract_date,
        load_id,
        row_number,
        indicator_id,
        area_as_written,
        month as period_start,
        last_day(month) as period_end,
        cast(records as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as stated_value
    from {{ ref('stg_force_counts__counts') }}
),

stated_dates as (
    select distinct
        source,
        extract_date as vintage_date
    from stated
    where indicator_id in (select sensitive.indicator_id from sensitive)
),

stated_at as (
    select
        stated.source,
        stated_dates.vintage_date,
        stated.indicator_id,
        spellings.area_code,
        stated.period_start,
        stated.period_end,
        stated.numerator,
        stated.denominator,
        stated.stated_value,
        row_number() over (
            partition by
                stated.source,
                stated_dates.vintage_date,
                stated.indicator_id,
                spellings.area_code,
                stated.period_start,
                stated.period_end
            order by stated.extract_date desc, stated.load_id desc, stated.row_number desc
        ) as vintage_rank
    from stated
    inner join sensitive
        on stated.indicator_id = sensitive.indicator_id
    inner join stated_dates
        on
            stated.source = stated_dates.source
            and stated.extract_date <= stated_dates.vintage_date
    inner join spellings
        on {{ folded_name('stated.area_as_written') }} = spellings.spelling
),

from_statements as (
    select
        source,
        vintage_date,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        denominator,
        stated_value
    from stated_at
    where vintage_rank = 1
),

current_observations as (
    select observations.*
    from observations
    inner join sensitive
        on observations.indicator_id = sensitive.indicator_id
    where observations.source not in (select public_sources.source from public_sources)
),

-- Other sources: a period becomes known at the first extract that covers it, with today's figure
first_covered as (
    select
        coverage.source,
        spellings.area_code,
        coverage.period_start,
        coverage.period_end,
        min(coverage.extract_date) as known_from
    from coverage
    inner join spellings
        on {{ folded_name('coverage.scope') }} = spellings.spelling
    where coverage.source not in ('partner_returns', 'force_counts')
    group by
        coverage.source,
        spellings.area_code,
        coverage.period_start,
        coverage.period_end
),

dated_observations as (
    select
        current_observations.*,
        coalesce(first_covered.known_from, current_observations.extract_date) as known_from
    from current_observations
    left join first_covered
        on
            current_observations.source = first_covered.source
            and current_observations.area_code = first_covered.area_code
            and current_observations.period_start = first_covered.period_start
            and current_observations.period_end = first_covered.period_end
    where
        current_observations.source not in (select from_records.source from from_records)
        and current_observations.source not in (select from_statements.source from from_statements)
),

observed_dates as (
    select distinct
        source,
        known_from as vintage_date
    from dated_observations
),

from_others as (
    select
        dated_observations.source,
        observed_dates.vintage_date,
        dated_observations.indicator_id,
        dated_observations.area_code,
        dated_observations.period_start,
        dated_observations.period_end,
        dated_observations.numerator,
        dated_observations.denominator,
        dated_observations.stated_value
    from dated_observations
    inner join observed_dates
        on
            dated_observations.source = observed_dates.source
            and dated_observations.known_from <= observed_dates.vintage_date
),

in_force as (
    select
        source,
        date '9999-12-31' as vintage_date,
        indicator_id,
        area_code,
        period_start,
        period_end,
        numerator,
        denominator,
        stated_value
    from current_observations
)

select * from from_records
union all
select * from from_statements
union all
select * from from_others
union all
select * from in_force
