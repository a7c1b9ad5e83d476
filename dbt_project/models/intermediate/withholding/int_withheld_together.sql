-- Which indicators are withheld in the periods in which a sensitive one is, because they would give it back
-- by subtraction: the project's list, and what own indicators would bring. By offence code: sums and
-- differences of sets of codes could be the sensitive set, and need a set that shares a code with it or with
-- a whole that it is a part of (all crime aside: what is left of that is such a whole). By marker: those that
-- share one, and what these are linked to.
with

seeded as (
    select
        indicator_id,
        sensitive_indicator_id
    from {{ ref('withheld_together') }}
),

sensitive as (
    select indicator_id
    from {{ ref('int_indicators') }}
    where is_sensitive
),

own_rules as (
    select * from {{ ref('int_own_indicator_rules') }}
),

project_codes as (
    select
        indicator_id,
        offence_code
    from {{ ref('offence_indicators') }}
    where indicator_id <> 'total_recorded_crime'
),

sensitive_codes as (
    select
        project_codes.indicator_id,
        project_codes.offence_code
    from project_codes
    inner join sensitive
        on project_codes.indicator_id = sensitive.indicator_id
    union
    select
        own_rules.indicator_id,
        own_rules.word as offence_code
    from own_rules
    inner join sensitive
        on own_rules.indicator_id = sensitive.indicator_id
    where own_rules.counts_by = 'offence_code'
),

codes_beside as (
    select
        sensitive_codes.indicator_id as sensitive_indicator_id,
        in_whole.offence_code
    from sensitive_codes
    inner join project_codes as whole_of_part
        on sensitive_codes.offence_code = whole_of_part.offence_code
    inner join project_codes as in_whole
        on whole_of_part.indicator_id = in_whole.indicator_id
    union
    select
        indicator_id as sensitive_indicator_id,
        offence_code
    from sensitive_codes
),

by_code as (
    select
        own_rules.indicator_id,
        codes_beside.sensitive_indicator_id
    from own_rules
    inner join codes_beside
        on own_rules.word = codes_beside.offence_code
    where own_rules.counts_by = 'offence_code'
),

marker_indicators as (
    select * from {{ ref('int_marker_indicators') }}
),

sensitive_markers as (
    select
        marker_indicators.marker,
        marker_indicators.indicator_id as sensitive_indicator_id
    from marker_indicators
    inner join sensitive
        on marker_indicators.indicator_id = sensitive.indicator_id
    union
    select
        marker_indicators.marker,
        seeded.sensitive_indicator_id
    from marker_indicators
    inner join seeded
        on marker_indicators.indicator_id = seeded.indicator_id
),

by_marker as (
    select
        own_rules.indicator_id,
        sensitive_markers.sensitive_indicator_id
    from own_rules
    inner join sensitive_markers
        on own_rules.word = sensitive_markers.marker
    where own_rules.counts_by = 'marker'
),

all_pairs as (
    select * from seeded
    union
    select * from by_code
    union
    select * from by_marker
)

select
    indicator_id,
    sensitive_indicator_id
from all_pairs
where indicator_id <> sensitive_indicator_id
