-- Every month beside the same month of up to five earlier years of the same segment. The expected
-- range is the 95 % prediction interval of one more year, mean +/- t x s x sqrt(1 + 1/n); the spread s
-- is never taken below that of a Poisson count, which three alike years would suggest by chance, nor
-- below that of one case in all of these years: years without any do not say that none can come. A range
-- from zero to twice the mean or more, of fewer years than are looked at, says nothing of what lies in it.
with

months as (
    select * from {{ ref('int_chart_months') }}
),

history as (
    select
        current_month.source,
        current_month.indicator_id,
        current_month.area_code,
        current_month.month,
        count(*) as earlier_years,
        avg(earlier.value order by earlier.month) as history_mean,
        min(earlier.value) as history_min,
        max(earlier.value) as history_max,
        var_samp(earlier.value order by earlier.month) as history_variance,
        count(*) filter (where earlier.value > current_month.value) as years_above
    from months as current_month
    inner join months as earlier
        on
            {{ same_series('current_month', 'earlier') }}
            and current_month.segment = earlier.segment
            and earlier.month_number < current_month.month_number
            and earlier.month_number >= current_month.month_number - 60
            and (current_month.month_number - earlier.month_number) % 12 = 0
    group by all
),

ranged as (
    select
        *,
        case
            when earlier_years >= 2
                then
                    student_t_95(earlier_years - 1)
                    * sqrt(
                        greatest(history_variance, history_mean, 1.0 / earlier_years)
                        * (1 + 1.0 / earlier_years)
                    )
        end as half_width
    from history
)

select
    months.source,
    months.indicator_id,
    months.area_code,
    months.month,
    months.period_label,
    months.period_end,
    months.value,
    cast(ranged.earlier_years as bigint) as earlier_years,
    ranged.history_mean,
    ranged.history_min,
    ranged.history_max,
    cast(1 + ranged.years_above as bigint) as rank_from_highest,
    cast(1 + ranged.earlier_years as bigint) as years_ranked,
    case
        when ranged.half_width is not null then greatest(ranged.history_mean - ranged.half_width, 0)
    end as expected_lower,
    ranged.history_mean + ranged.half_width as expected_upper,
    case
        when ranged.half_width is null then null
        when months.value > ranged.history_mean + ranged.half_width then 'above'
        when months.value < ranged.history_mean - ranged.half_width then 'below'
        when
            ranged.earlier_years < 5
            and ranged.half_width >= ranged.history_mean
            then 'history too short'
        else 'within'
    end as against_expected,
    ranged.earlier_years < 3 as is_provisional
from months
inner join ranged
    on
        {{ same_series('months', 'ranged') }}
        and months.month = ranged.month
