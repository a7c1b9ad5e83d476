-- Slope and chi-square of the five years at every complete year, and the slope with each of the five
-- left out. As Fingertips does it: rates and counts by a regression weighted with 1 / standard error
-- squared; proportions by the chi-square test for trend, with the direction from the logits.
with

years as (
    select
        *,
        count(*) over (
            partition by source, indicator_id, area_code, period_type, period_end
        ) as years_in_a_row
    from {{ ref('int_trend_windows') }}
),

-- six fits a window: all five years (left_out 1), and without the year `left_out`
fits as (
    select unnest([1, 0, -1, -2, -3, -4]) as left_out
),

members as (
    select
        years.*,
        fits.left_out,
        case
            when years.value_kind = 'proportion'
                then
                    case
                        when years.numerator > 0 and years.numerator < years.denominator
                            then ln(years.numerator / (years.denominator - years.numerator))
                    end
            else years.value
        end as y,
        case
            when years.value_kind = 'proportion' then 1.0
            when years.standard_error > 0 then 1.0 / (years.standard_error * years.standard_error)
        end as w
    from years
    cross join fits
    where
        years.year <> fits.left_out
        -- of fewer than five years no trend is calculated
        and (fits.left_out = 1 or years.years_in_a_row = 5)
),

sums as (
    select
        source,
        indicator_id,
        area_code,
        period_type,
        period_end,
        left_out,
        max(value_kind) as value_kind,
        max(measure) as measure,
        count(distinct measure) as measures,
        bool_or(has_break) as has_break,
        count(*) as years,
        count(y) as years_with_y,
        count(w) as years_with_w,
        arg_min(period_label, year) as first_period_label,
        arg_min(value, year) as first_value,
        arg_max(value, year) as last_value,
        sum(w order by year) as s_w,
        sum(w * year order by year) as s_wt,
        sum(w * y order by year) as s_wy,
        sum(w * year * year order by year) as s_wtt,
        sum(w * year * y order by year) as s_wty,
        -- slope of the per cent itself, for reading
        regr_slope(value, year order by year) as unweighted_slope,
        sum(denominator order by year) as s_n,
        sum(numerator order by year) as s_x,
        sum(denominator * year order by year) as s_nt,
        sum(numerator * year order by year) as s_xt,
        sum(denominator * year * year order by year) as s_ntt
    from members
    group by all
),

fitted as (
    select
        *,
        (s_w * s_wty - s_wt * s_wy) / nullif(s_w * s_wtt - s_wt * s_wt, 0) as beta,
        case
            when value_kind = 'proportion'
                then
                    s_n * pow(s_n * s_xt - s_x * s_nt, 2)
                    / nullif(s_x * (s_n - s_x) * (s_n * s_ntt - s_nt * s_nt), 0)
            else
                pow((s_w * s_wty - s_wt * s_wy) / nullif(s_w * s_wtt - s_wt * s_wt, 0), 2)
                * (s_w * s_wtt - s_wt * s_wt) / s_w
        end as chi_square
    from sums
),

whole as (
    select * from fitted
    where left_out = 1
),

-- the sign of the slope in the five fits that leave a year out
leave_one_out as (
    select
        fitted.source,
        fitted.indicator_id,
        fitted.area_code,
        fitted.period_type,
        fitted.period_end,
        count(*) filter (where sign(fitted.beta) = sign(whole.beta)) as fits_of_same_sign
    from fitted
    inner join whole
        on {{ same_figure('fitted', 'whole') }}
    where fitted.left_out <> 1
    group by all
)

select
    whole.source,
    whole.indicator_id,
    whole.area_code,
    whole.period_type,
    whole.period_end,
    whole.first_period_label,
    whole.measure,
    cast(whole.years as bigint) as years,
    whole.first_value,
    whole.last_value,
    case
        when whole.years < 5 then 'fewer than five years in a row'
        when whole.measures > 1 then 'measured in two ways'
        when whole.has_break then 'a break in the series'
        when whole.years_with_w < 5 then 'a year without an interval'
        when whole.years_with_y < 5 then 'a year of 0 or 100 per cent'
    end as reason_not_calculated,
    case when whole.value_kind = 'proportion' then whole.unweighted_slope else whole.beta end
        as slope,
    whole.beta,
    whole.chi_square,
    coalesce(leave_one_out.fits_of_same_sign, 0) = 5 as is_sign_stable
from whole
left join leave_one_out
    on {{ same_figure('whole', 'leave_one_out') }}
