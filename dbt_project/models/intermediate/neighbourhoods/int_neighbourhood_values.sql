-- Counts of neighbourhoods by period and the year before, with their place in the partnership. Those
-- without a crime in either are left out after they were counted in.
with

periods as (
    select * from {{ ref('int_neighbourhood_periods') }}
),

period_months as (
    select * from {{ ref('int_period_months') }}
),

months as (
    select * from {{ ref('int_neighbourhood_months') }}
),

hot_months as (
    select * from {{ ref('int_neighbourhood_hot_months') }}
),

neighbourhoods as (
    select * from {{ ref('int_neighbourhoods') }}
),

in_all as (
    select
        area_type,
        csp_code,
        count(*) filter (where is_current) as neighbourhoods
    from neighbourhoods
    group by all
),

monthly as (
    select
        months.*,
        hot_months.area_code is not null as is_hot
    from months
    left join hot_months
        on
            months.source = hot_months.source
            and months.area_type = hot_months.area_type
            and months.csp_code = hot_months.csp_code
            and months.area_code = hot_months.area_code
            and months.indicator_id = hot_months.indicator_id
            and months.month = hot_months.month
),

years_before as (
    select unnest([0, 1]) as years
),

-- the months of each period, and the same months a year before
period_months_of_years as (
    select
        periods.*,
        years_before.years,
        cast(period_months.month - to_years(cast(years_before.years as integer)) as date) as month
    from periods
    inner join period_months
        on
            periods.period_type = period_months.period_type
            and periods.period_end = period_months.period_end
    cross join years_before
),

summed as (
    select
        in_year.source,
        in_year.indicator_id,
        in_year.csp_code,
        in_year.period_type,
        in_year.period_label,
        in_year.period_start,
        in_year.period_end,
        in_year.months_expected,
        in_year.months_supplied,
        in_year.months_supplied_before,
        monthly.area_type,
        monthly.area_code,
        cast(coalesce(sum(monthly.records) filter (where in_year.years = 0), 0) as bigint) as records,
        cast(coalesce(sum(monthly.records) filter (where in_year.years = 1), 0) as bigint) as records_before,
        count(*) filter (where monthly.is_hot and in_year.years = 0) as months_above
    from period_months_of_years as in_year
    inner join monthly
        on
            in_year.source = monthly.source
            and in_year.indicator_id = monthly.indicator_id
            and in_year.csp_code = monthly.csp_code
            and in_year.month = monthly.month
    group by all
),

ranked as (
    select
        summed.*,
        summed.months_supplied = summed.months_expected as is_complete,
        summed.months_supplied_before = summed.months_expected as is_complete_before,
        in_all.neighbourhoods,
        -- the top 5 per cent of all neighbourhoods, rounded up to whole ones
        cast(ceil(in_all.neighbourhoods / 20.0) as bigint) as top_neighbourhoods,
        rank() over by_count as count_rank,
        row_number() over in_order as place,
        cast(sum(summed.records) over of_partnership as bigint) as csp_records
    from summed
    inner join in_all
        on
            summed.area_type = in_all.area_type
            and summed.csp_code = in_all.csp_code
    window
        of_partnership as (
            partition by
                summed.source, summed.indicator_id, summed.csp_code, summed.period_type, summed.period_end,
                summed.area_type
        ),
        by_count as (
            partition by
                summed.source, summed.indicator_id, summed.csp_code, summed.period_type, summed.period_end,
                summed.area_type
            order by summed.records desc
        ),
        in_order as (
            partition by
                summed.source, summed.indicator_id, summed.csp_code, summed.period_type, summed.period_end,
                summed.area_type
            order by summed.records desc, summed.area_code
        )
),

concentration as (
    select
        source,
        indicator_id,
        csp_code,
        period_type,
        period_end,
        case
            when max(csp_records) > 0
                then
                    100.0
                    * sum(case when place <= top_neighbourhoods then records else 0 end)
                    / max(csp_records)
        end as top_5pct_share_pct
    from ranked
    where area_type = 'lsoa'
    group by all
),

populated as (
    select
        ranked.*,
        neighbourhoods.area_name,
        neighbourhoods.is_current,
        list_last(
            list_filter(
                neighbourhoods.populations,
                lambda estimate: estimate['year'] <= {{ financial_year_of('ranked.period_end') }}
            )
        ) as estimate
    from ranked
    inner join neighbourhoods
        on
            ranked.area_type = neighbourhoods.area_type
            and ranked.csp_code = neighbourhoods.csp_code
            and ranked.area_code = neighbourhoods.area_code
)

select
    populated.source,
    populated.indicator_id,
    populated.csp_code,
    populated.area_type,
    populated.area_code,
    populated.area_name,
    populated.is_current,
    populated.period_type,
    populated.period_label,
    populated.period_start,
    populated.period_end,
    populated.months_expected,
    populated.months_supplied,
    populated.is_complete,
    populated.is_complete_before,
    populated.records,
    populated.records_before,
    populated.csp_records,
    populated.neighbourhoods,
    populated.count_rank,
    populated.months_above,
    -- where fewer than those have a crime at all, one without is not among them
    (
        populated.area_type = 'lsoa'
        and populated.place <= populated.top_neighbourhoods
        and populated.records > 0
    ) as is_in_top_5pct,
    concentration.top_5pct_share_pct,
    populated.estimate['population'] as population,
    populated.estimate['year'] as population_year
from populated
left join concentration
    on
        populated.source = concentration.source
        and populated.indicator_id = concentration.indicator_id
        and populated.csp_code = concentration.csp_code
        and populated.period_type = concentration.period_type
        and populated.period_end = concentration.period_end
where
    populated.records > 0
    or populated.records_before > 0
