-- Every area's own rate beside those of the members of its family that have a complete period.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

families as (
    select * from {{ ref('families') }}
),

rates as (
    select
        source,
        indicator_id,
        area_code,
        area_name,
        polarity,
        period_type,
        period_label,
        period_end,
        value,
        denominator,
        rate_per,
        rate,
        rate_lower,
        rate_upper
    from indicator_values
    where
        is_complete
        and rate is not null
)

select
    families.scheme,
    families.source as family_source,
    families.neighbour_code,
    own.source,
    own.indicator_id,
    own.area_code,
    own.area_name,
    own.polarity,
    own.period_type,
    own.period_label,
    own.period_end,
    own.value,
    own.denominator,
    own.rate_per,
    own.rate,
    own.rate_lower,
    own.rate_upper,
    peer.value as peer_value,
    peer.denominator as peer_denominator,
    peer.rate as peer_rate,
    peer.rate_lower as peer_rate_lower,
    peer.rate_upper as peer_rate_upper
from families
inner join rates as own
    on
        families.area_code = own.area_code
        and (families.valid_from is null or own.period_end >= families.valid_from)
        and (families.valid_to is null or own.period_end <= families.valid_to)
left join rates as peer
    on
        families.neighbour_code = peer.area_code
        and own.source = peer.source
        and own.indicator_id = peer.indicator_id
        and own.period_type = peer.period_type
        and own.period_end = peer.period_end
