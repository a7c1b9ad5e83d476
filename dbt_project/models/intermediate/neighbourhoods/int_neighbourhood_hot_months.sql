-- In which months a neighbourhood was above the 90th percentile of the counts of all neighbourhoods of
-- its partnership, those without a crime included; the percentile lies between counts as need be
-- (linear interpolation). Most months of most categories have many zeros: a percentile of 0 is passed by
-- a single crime.
with

months as (
    select * from {{ ref('int_neighbourhood_months') }}
),

neighbourhoods as (
    select * from {{ ref('int_neighbourhoods') }}
    where is_current
),

in_all as (
    select
        area_type,
        csp_code,
        count(*) as neighbourhoods
    from neighbourhoods
    group by all
),

current_months as (
    select months.*
    from months
    inner join neighbourhoods
        on
            months.area_type = neighbourhoods.area_type
            and months.csp_code = neighbourhoods.csp_code
            and months.area_code = neighbourhoods.area_code
),

-- the counts of a month in order, the zeros first: the percentile stands at 0.9 (n - 1) from the first
ordered as (
    select
        current_months.source,
        current_months.area_type,
        current_months.csp_code,
        current_months.indicator_id,
        current_months.month,
        in_all.neighbourhoods,
        list(current_months.records order by current_months.records) as counts
    from current_months
    inner join in_all
        on
            current_months.area_type = in_all.area_type
            and current_months.csp_code = in_all.csp_code
    group by all
),

placed as (
    select
        *,
        0.9 * (neighbourhoods - 1) as place,
        neighbourhoods - len(counts) as zeros
    from ordered
),

percentiles as (
    select
        * exclude (counts),
        -- places among the zeros are 0; an index below 1 would be read from the list's end
        case
            when floor(place) >= zeros then counts[cast(floor(place) as bigint) - zeros + 1]
            else 0
        end as count_below,
        case
            when ceil(place) >= zeros then counts[cast(ceil(place) as bigint) - zeros + 1]
            else 0
        end as count_above
    from placed
)

select
    months.source,
    months.area_type,
    months.csp_code,
    months.area_code,
    months.indicator_id,
    months.month
from months
inner join percentiles
    on
        months.source = percentiles.source
        and months.area_type = percentiles.area_type
        and months.csp_code = percentiles.csp_code
        and months.indicator_id = percentiles.indicator_id
        and months.month = percentiles.month
where
    months.records
    > percentiles.count_below
    + (percentiles.place - floor(percentiles.place))
    * (percentiles.count_above - percentiles.count_below)
