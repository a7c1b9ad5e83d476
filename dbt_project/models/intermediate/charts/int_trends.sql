-- The trend in words at every complete year, and whether it is for the better. 9.5495 is the 99.8 % point of
-- chi-square with one degree of freedom: with hundreds of series tested every night, 95 % would cry wolf.
with

fits as (
    select * from {{ ref('int_trend_fits') }}
),

indicators as (
    select * from {{ ref('int_indicators') }}
),

judged as (
    select
        fits.*,
        indicators.polarity,
        case
            when fits.reason_not_calculated is not null or fits.chi_square is null
                then 'cannot be calculated'
            when fits.chi_square <= 9.5495 or not fits.is_sign_stable then 'no significant trend'
            when fits.beta > 0 then 'increasing'
            else 'decreasing'
        end as trend
    from fits
    inner join indicators
        on fits.indicator_id = indicators.indicator_id
)

select
    source,
    indicator_id,
    area_code,
    period_type,
    period_end,
    first_period_label,
    measure,
    years,
    first_value,
    last_value,
    case when reason_not_calculated is null then slope end as slope,
    case when reason_not_calculated is null then chi_square end as chi_square,
    case when reason_not_calculated is null then chi_square_sf(chi_square, 1) end as p_value,
    case when reason_not_calculated is null then is_sign_stable end as is_sign_stable,
    trend,
    case
        when reason_not_calculated is not null then reason_not_calculated
        when chi_square is null then 'no case in five years'
        when chi_square <= 9.5495 then 'within random variation'
        when not is_sign_stable then 'rests on a single year'
        else 'significant, whichever year is left out'
    end as trend_reason,
    case
        when trend = 'cannot be calculated' then null
        when trend = 'no significant trend' then 'same'
        when polarity = 'neutral' then 'changed'
        when (trend = 'decreasing') = (polarity = 'lower_is_better') then 'better'
        else 'worse'
    end as direction_of_travel
from judged
