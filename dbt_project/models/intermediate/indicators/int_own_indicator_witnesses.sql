-- By which of the project's indicators it is known that a load of records covers an own one: a force's
-- extract has every offence code where it covers all crime, and a marker where it covers the project's
-- indicator by that marker; a street file has a category where it covers the category's indicator. Every
-- witness has to be covered.
with

rules as (
    select * from {{ ref('int_own_indicator_rules') }}
),

marker_indicators as (
    select * from {{ ref('marker_indicators') }}
),

crime_categories as (
    select * from {{ ref('crime_categories') }}
    where source = 'police_uk'
),

by_code as (
    select
        'force_extract' as source,
        'force_extract' as dataset,
        indicator_id,
        'total_recorded_crime' as witness_indicator_id
    from rules
    where counts_by = 'offence_code'
),

by_marker as (
    select
        'force_extract' as source,
        'force_extract' as dataset,
        rules.indicator_id,
        min(marker_indicators.indicator_id) as witness_indicator_id
    from rules
    inner join marker_indicators
        on rules.word = marker_indicators.marker
    where rules.counts_by = 'marker'
    group by
        rules.indicator_id,
        rules.word
),

by_category as (
    select
        'police_uk' as source,
        'police_uk_street' as dataset,
        rules.indicator_id,
        min(crime_categories.indicator_id) as witness_indicator_id
    from rules
    inner join crime_categories
        on rules.word = crime_categories.category
    where
        rules.counts_by = 'category'
        and crime_categories.indicator_id <> 'total_recorded_crime'
    group by
        rules.indicator_id,
        rules.word
)

select * from by_code
union
select * from by_marker
union
select * from by_category
