-- A failing row is a whole that is not the sum of its parts, in a source that counts by offence code: all
-- indicators whose parts share every code of the whole out among them. Total recorded crime alone may
-- be more than its parts, by crimes with a code that nobody knows. Where a part is not supplied, there
-- is nothing to compare.
with

parts as (
    select
        known.whole,
        unnest(string_split(known.part_list, ' ')) as part,
        known.may_be_more
    from (
        values
        ('burglary', 'residential_burglary non_residential_burglary', false),
        ('violence_and_sexual_offences', 'violence_against_the_person sexual_offences', false),
        (
            'violence_against_the_person',
            'violence_with_injury violence_without_injury homicide stalking_and_harassment '
            || 'death_or_serious_injury_driving',
            false
        ),
        (
            'theft_offences',
            'burglary vehicle_offences shoplifting theft_from_the_person bicycle_theft '
            || 'other_theft_offences',
            false
        ),
        (
            'total_recorded_crime',
            'violence_against_the_person sexual_offences robbery theft_offences '
            || 'criminal_damage_and_arson drug_offences possession_of_weapons public_order '
            || 'miscellaneous_crimes',
            true
        )
    ) as known (whole, part_list, may_be_more)
),

observations as (
    select * from {{ ref('int_observations') }}
    where source in ('force_extract', 'recorded_crime_open_data', 'ons_pfa_tables')
),

-- a source need not tell every part; what it tells nowhere has no offences in it
told as (
    select distinct
        source,
        indicator_id
    from observations
),

parts_told as (
    select
        told.source,
        parts.whole,
        count(*) as parts
    from parts
    inner join told
        on parts.part = told.indicator_id
    group by
        told.source,
        parts.whole
)

select
    whole.source,
    whole.indicator_id,
    whole.area_code,
    whole.period_start,
    whole.period_end,
    max(whole.numerator) as whole_count,
    sum(part.numerator) as sum_of_parts
from observations as whole
inner join parts
    on whole.indicator_id = parts.whole
inner join parts_told
    on
        whole.source = parts_told.source
        and parts.whole = parts_told.whole
inner join observations as part
    on
        whole.source = part.source
        and parts.part = part.indicator_id
        and whole.area_code = part.area_code
        and whole.period_start = part.period_start
        and whole.period_end = part.period_end
group by
    whole.source,
    whole.indicator_id,
    whole.area_code,
    whole.period_start,
    whole.period_end,
    parts_told.parts
having
    count(*) = parts_told.parts
    and (
        sum(part.numerator) > max(whole.numerator)
        or (sum(part.numerator) < max(whole.numerator) and not bool_or(parts.may_be_more))
    )
