-- The dispersion that the test of a change uses, a series each: its own, shrunk towards what the other
-- series of its indicator show at that size, the more the shorter its own history is.
with

series as (
    select * from {{ ref('int_series_dispersion') }}
),

indicators as (
    select * from {{ ref('int_indicator_dispersion') }}
),

weighed as (
    select
        series.source,
        series.indicator_id,
        series.area_code,
        series.differences,
        series.own_dispersion,
        series.degrees_of_freedom,
        indicators.exponent,
        indicators.prior_degrees,
        pow(series.mean_month, indicators.exponent) as size,
        series.degrees_of_freedom * (series.own_dispersion - 1) as excess,
        series.degrees_of_freedom * pow(series.mean_month, indicators.exponent) as weighed_size
    from series
    inner join indicators
        on series.indicator_id = indicators.indicator_id
),

-- of the other series alone: a series does not vouch for itself
beside_others as (
    select
        *,
        coalesce(sum(excess) over others, 0) as others_excess,
        coalesce(sum(weighed_size) over others, 0) as others_size,
        coalesce(sum(degrees_of_freedom) over others, 0) as others_degrees,
        coalesce(
            greatest(0, sum(excess) over all_others / sum(weighed_size) over all_others),
            0
        ) as common_slope,
        -- as in int_indicator_dispersion
        least(8, coalesce(sum(degrees_of_freedom) over all_others, 0)) as common_degrees
    from weighed
    window
        others as (
            partition by indicator_id
            order by source, area_code
            rows between unbounded preceding and unbounded following
            exclude current row
        ),
        all_others as (
            order by indicator_id, source, area_code
            rows between unbounded preceding and unbounded following
            exclude current row
        )
),

expected as (
    select
        *,
        case
            when common_degrees > 0
                then {{ dispersion_at(
                    'greatest(0, (others_excess + common_degrees * common_slope * size)'
                    ~ ' / (others_size + common_degrees * size))',
                    'size',
                    'prior_degrees'
                ) }}
            else 1
        end as indicator_dispersion,
        case
            when common_degrees > 0
                then 1 / (1 / prior_degrees + 1 / (others_degrees + common_degrees))
            else 0
        end as indicator_degrees
    from beside_others
)

select
    source,
    indicator_id,
    area_code,
    differences,
    own_dispersion,
    indicator_dispersion,
    degrees_of_freedom / (degrees_of_freedom + indicator_degrees) as own_weight,
    {{ certain_dispersion(
        '(degrees_of_freedom * own_dispersion + indicator_degrees * indicator_dispersion)'
        ~ ' / (degrees_of_freedom + indicator_degrees)',
        'degrees_of_freedom + indicator_degrees'
    ) }} as change_dispersion,
    -- a year of months that lie between two others
    differences >= 12 as is_own_history
from expected
-- with less than this nothing is known: see certain_dispersion
where degrees_of_freedom + indicator_degrees >= 5
