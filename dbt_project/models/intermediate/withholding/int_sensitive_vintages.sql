-- Everything that was ever said about the counts behind sensitive indicators, by restricted sources and by
-- public ones: one row per source, extract date, indicator, area and period as the newest extract up to
-- that date had it. The rule of withholding goes through these states in their order, as the runs did.
-- The last state of all is what is in force now.
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

said as (
    select * exclude (is_supplied) from {{ ref('int_record_vintages') }}
    -- a month that the area's own force did not supply is not published, whatever others' files hold
    where is_supplied
    union all by name
    select * from {{ ref('int_stated_vintages') }}
    union all by name
    select
        'marac' as source,
        indicator_id,
        area_code,
        month as period_start,
        last_day(month) as period_end,
        vintage_date as extract_date,
        cast(counted as double) as numerator
    from {{ ref('int_marac__list_vintages') }}
),

said_of_sensitive as (
    select said.*
    from said
    inner join sensitive
        on said.indicator_id = sensitive.indicator_id
),

-- what a source says of one count is published with all that it has said by then
dates as (
    select distinct
        source,
        indicator_id,
        extract_date as vintage_date
    from said_of_sensitive
),

said_by as (
    select
        said_of_sensitive.*,
        dates.vintage_date,
        row_number() over (
            partition by
                dates.vintage_date,
                said_of_sensitive.source,
                said_of_sensitive.indicator_id,
                said_of_sensitive.area_code,
                said_of_sensitive.period_start,
                said_of_sensitive.period_end
            order by said_of_sensitive.extract_date desc
        ) as vintage_rank
    from said_of_sensitive
    inner join dates
        on
            said_of_sensitive.source = dates.source
            and said_of_sensitive.indicator_id = dates.indicator_id
            and said_of_sensitive.extract_date <= dates.vintage_date
),

in_force as (
    select observations.*
    from {{ ref('int_observations') }} as observations
    inner join sensitive
        on observations.indicator_id = sensitive.indicator_id
),

states as (
    select * from said_by
    where vintage_rank = 1
    union all by name
    select
        *,
        date '9999-12-31' as vintage_date
    from in_force
)

select
    source,
    source in (select public_sources.source from public_sources) as is_public,
    vintage_date,
    indicator_id,
    area_code,
    period_start,
    period_end,
    numerator,
    denominator,
    stated_value
from states
