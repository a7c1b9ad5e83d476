-- Every area's own figure beside that of each member of its family that has a complete period, itself
-- included. A view: at national scale it is fifteen times as long as the figures, and a model that reads
-- it wants either its sums or the rows of a few areas.
{{ config(materialized='view') }}

with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

families as (
    select * from {{ ref('int_families') }}
),

rates as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_end,
        polarity,
        denominator,
        rate,
        rate_lower,
        rate_upper,
        -- what the rate counts: offences, or the people on top of a proportion
        case value_kind
            when 'count' then value
            when 'proportion' then numerator
            else rate * denominator / rate_per
        end as events
    from indicator_values
    where
        is_complete
        and rate is not null
),

period_ends as (
    select distinct period_end from rates
),

-- the membership in force on the last day of the period; listed twice is still one member
members as (
    select
        families.scheme,
        families.area_code,
        families.neighbour_code,
        period_ends.period_end,
        bool_or(families.is_illustrative) as is_illustrative
    from families
    inner join period_ends
        on {{ is_member_on('period_ends.period_end', 'families.valid_from', 'families.valid_to') }}
    group by all
),

sized as (
    select
        *,
        count(*) over (partition by scheme, area_code, period_end) as family_size
    from members
)

select
    sized.scheme,
    sized.is_illustrative,
    sized.family_size,
    own.source,
    own.indicator_id,
    own.area_code,
    own.period_type,
    own.period_end,
    own.polarity,
    own.rate,
    own.rate_lower,
    own.rate_upper,
    sized.neighbour_code,
    peer.rate as peer_rate,
    peer.rate_lower as peer_rate_lower,
    peer.rate_upper as peer_rate_upper,
    peer.events as peer_events,
    peer.denominator as peer_denominator
from sized
inner join rates as own
    on
        sized.area_code = own.area_code
        and sized.period_end = own.period_end
inner join rates as peer
    on
        sized.neighbour_code = peer.area_code
        and {{ same_indicator_and_period('own', 'peer') }}
