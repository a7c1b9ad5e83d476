-- Periods of which a source states a figure and gives the shorter ones it is made of too: what each of them
-- says. Published is what the shorter ones add up to.
with

fillings as (
    select
        *,
        case
            when value_kind <> 'proportion' then coalesce(numerator, stated_value)
            when denominator > 0 then 100.0 * numerator / denominator
            else stated_value
        end as figure
    from {{ ref('int_period_fillings') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

areas as (
    select * from {{ ref('areas') }}
)

select
    stated.source,
    stated.indicator_id,
    stated.area_code,
    areas.area_name,
    periods.period_label,
    periods.period_start,
    periods.period_end,
    stated.figure as stated_figure,
    shorter.figure as figure_of_shorter_periods,
    coalesce(
        abs(stated.figure - shorter.figure) < case when stated.value_kind = 'proportion' then 0.1 else 0.5 end, true
    ) as agrees
from fillings as stated
inner join fillings as shorter
    on
        stated.source = shorter.source
        and stated.indicator_id = shorter.indicator_id
        and stated.area_code = shorter.area_code
        and stated.period_type = shorter.period_type
        and stated.period_end = shorter.period_end
        and stated.grain_order > shorter.grain_order
inner join periods
    on
        stated.period_type = periods.period_type
        and stated.period_end = periods.period_end
        and stated.months_supplied = periods.months_expected
        and shorter.months_supplied = periods.months_expected
inner join areas
    on stated.area_code = areas.area_code
where stated.grain = 'whole' or stated.grain = 'quarter' and stated.period_type = 'quarter'
-- a year is also a year to date and twelve months
qualify row_number() over (
        partition by stated.source, stated.indicator_id, stated.area_code, periods.period_start, periods.period_end
        order by shorter.grain_order, stated.period_type
    ) = 1
