-- Every indicator: those of the project and the partnership's own. An own one that counts offences or
-- markers of a sensitive indicator is sensitive, whatever its file says.
with

seeded as (
    select * from {{ ref('indicators') }}
),

own as (
    select
        *,
        row_number() over (partition by is_headline order by indicator_id) as line
    from {{ ref('int_own_indicators') }}
),

rules as (
    select * from {{ ref('int_own_indicator_rules') }}
),

sensitive_words as (
    select
        'offence_code' as counts_by,
        offence_indicators.offence_code as word
    from {{ ref('offence_indicators') }} as offence_indicators
    inner join seeded
        on offence_indicators.indicator_id = seeded.indicator_id
    where seeded.is_sensitive
    union
    select
        'marker' as counts_by,
        marker_indicators.marker as word
    from {{ ref('marker_indicators') }} as marker_indicators
    inner join seeded
        on marker_indicators.indicator_id = seeded.indicator_id
    where seeded.is_sensitive
),

counting_sensitive as (
    select distinct rules.indicator_id
    from rules
    inner join sensitive_words
        on
            rules.counts_by = sensitive_words.counts_by
            and rules.word = sensitive_words.word
),

ways as (
    select
        indicator_id,
        min(counts_by) as counts_by
    from rules
    group by indicator_id
),

last_line as (
    select max(headline_order) as headline_order
    from seeded
),

described as (
    select
        own.indicator_id,
        own.indicator_name,
        coalesce(own.theme, 'own indicators') as theme,
        own.definition,
        coalesce(own.unit, 'count') as unit,
        case coalesce(own.unit, 'count')
            when 'per cent' then 'proportion'
            when 'pounds' then 'value'
            else 'count'
        end as value_kind,
        coalesce(own.denominator_kind, 'none') as denominator_kind,
        case
            when coalesce(own.denominator_kind, 'none') <> 'none'
                then coalesce(own.rate_per, cast(1000 as bigint))
        end as rate_per,
        own.polarity,
        own.is_sensitive or counting_sensitive.indicator_id is not null as is_sensitive,
        own.is_headline,
        case when own.is_headline then last_line.headline_order + own.line end as headline_order,
        cast(null as varchar) as parent_indicator_id,
        case ways.counts_by
            when 'category' then 'police_uk'
            when 'offence_code'
                then 'force_extract>force_counts>partner_returns>recorded_crime_open_data'
            when 'marker' then 'force_extract>force_counts>partner_returns'
            else 'force_counts>partner_returns'
        end as source_rule,
        cast(null as varchar) as numerator_indicator_id,
        cast(null as varchar) as denominator_indicator_id,
        coalesce(own.counted_as_one, 'case') as counted_as_one,
        coalesce(own.counted_as_many, 'cases') as counted_as_many
    from own
    cross join last_line
    left join ways
        on own.indicator_id = ways.indicator_id
    left join counting_sensitive
        on own.indicator_id = counting_sensitive.indicator_id
)

select
    *,
    false as is_own
from seeded
union all by name
select
    *,
    true as is_own
from described
