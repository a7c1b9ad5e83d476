-- A failing row is a whole that is not the sum of its parts, in a source that counts by offence code: all
-- indicators whose parts share every code of the whole out among them. Total recorded crime alone may
-- be more than its parts, by crimes with a code that nobody knows. Where a part is not supplied, there
-- is nothing to compare.
with

parts as (
    select
        breakdown,
        whole_indicator_id as whole,
        part_indicator_id as part,
        may_be_more
    from {{ ref('indicator_parts') }}
    -- these sources count by offence code, not by category
    where breakdown <> 'data.police.uk categories'
),

observations as (
    select * from {{ ref('int_observations') }}
    where source in ('force_extract', 'recorded_crime_open_data', 'ons_pfa_tables')
),

-- a source need not give every part; what it gives nowhere has no offences in it
given as (
    select distinct
        source,
        indicator_id
    from observations
),

parts_given as (
    select
        given.source,
        parts.breakdown,
        parts.whole,
        count(*) as parts
    from parts
    inner join given
        on parts.part = given.indicator_id
    group by all
)

select
    parts.breakdown,
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
inner join parts_given
    on
        whole.source = parts_given.source
        and parts.breakdown = parts_given.breakdown
        and parts.whole = parts_given.whole
inner join observations as part
    on
        whole.source = part.source
        and parts.part = part.indicator_id
        and whole.area_code = part.area_code
        and whole.period_start = part.period_start
        and whole.period_end = part.period_end
group by
    parts.breakdown,
    whole.source,
    whole.indicator_id,
    whole.area_code,
    whole.period_start,
    whole.period_end,
    parts_given.parts
having
    count(*) = parts_given.parts
    and (
        sum(part.numerator) > max(whole.numerator)
        or (sum(part.numerator) < max(whole.numerator) and not bool_or(parts.may_be_more))
    )
