-- The figure that the current financial year will end with, for every series whose year is not over,
-- and why there is none where there is none. A forecast is given only where, as many months ahead and
-- from at least six earlier months of the same series, it was nearer than the naive forecast.
with

months as (
    select * from {{ ref('int_chart_months') }}
),

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

last_stretches as (
    {{ last_stretches('months') }}
),

years_so_far as (
    select
        last_stretches.source,
        last_stretches.indicator_id,
        last_stretches.area_code,
        last_stretches.last_month,
        12 - last_stretches.months_ahead as months_expected,
        last_stretches.months_ahead,
        count(*) as months_known,
        {{ exact_sum('months.value') }} as value_so_far
    from last_stretches
    inner join months
        on
            {{ is_in_last_stretch('months', 'last_stretches') }}
            and months.month
            > last_stretches.last_month - to_months(cast(12 - last_stretches.months_ahead as integer))
    where last_stretches.months_ahead > 0
    group by all
),

back_tests as (
    select
        source,
        indicator_id,
        area_code,
        count(*) as origins_tested,
        {{ exact_mean('abs(combined - outcome)', decimals=18) }} as mean_error,
        {{ exact_mean('abs(naive - outcome)', decimals=18) }} as mean_naive_error,
        sqrt({{ exact_mean('pow(combined - outcome, 2)', decimals=18) }}) as root_mean_square_error
    from origins
    where outcome is not null
    group by all
),

joined as (
    select
        years_so_far.*,
        coalesce(back_tests.origins_tested, 0) as origins_tested,
        back_tests.mean_error,
        back_tests.mean_naive_error,
        back_tests.root_mean_square_error,
        latest.naive,
        latest.combined
    from years_so_far
    left join back_tests
        on {{ same_series('years_so_far', 'back_tests') }}
    left join origins as latest
        on
            {{ same_series('years_so_far', 'latest') }}
            and latest.is_latest
),

judged as (
    select
        *,
        case
            when months_known < months_expected then 'months of the year are missing'
            when origins_tested < 6 then 'too few months in a row to test a forecast'
            when mean_error >= mean_naive_error
                then 'no better than the same months of last year'
        end as reason_no_forecast,
        -- Errors of the series itself, as many months ahead; never less than a Poisson count varies.
        student_t_95(origins_tested - 1)
        * greatest(root_mean_square_error, sqrt(combined)) as half_width
    from joined
)

select
    source,
    indicator_id,
    area_code,
    last_month,
    cast(last_month + to_months(cast(months_ahead as integer)) as date) as year_end_month,
    cast(months_known as bigint) as months_known,
    cast(months_ahead as bigint) as months_ahead,
    value_so_far,
    case when months_known = months_expected then value_so_far + naive end as naive_year_end,
    case when reason_no_forecast is null then value_so_far + combined end as forecast,
    case
        when reason_no_forecast is null then value_so_far + greatest(combined - half_width, 0)
    end as forecast_lower,
    case when reason_no_forecast is null then value_so_far + combined + half_width end
        as forecast_upper,
    cast(origins_tested as bigint) as origins_tested,
    mean_error,
    mean_naive_error,
    case when mean_naive_error > 0 then mean_error / mean_naive_error end as error_ratio,
    reason_no_forecast
from judged
