with

points as (
    select * from {{ ref('int_funnel') }}
),

-- a pooled rate less the other points is the point that is withheld
funnel as (
    select
        points.*,
        {{ any_withheld() }} as is_withheld,
        bool_or({{ any_withheld() }}) over (
            partition by
                points.benchmark,
                points.benchmark_code,
                points.source,
                points.indicator_id,
                points.period_type,
                points.period_end
        ) as is_benchmark_withheld
    from points
    {{ join_withheld('points') | indent(4) }}
)

select
    funnel.benchmark,
    funnel.benchmark_code,
    funnel.source,
    funnel.indicator_id,
    funnel.area_code,
    funnel.area_name,
    funnel.period_type,
    funnel.period_label,
    funnel.period_end,
    {{ unless_withheld('funnel.value') }} as value,
    funnel.denominator,
    funnel.rate_per,
    {{ unless_withheld('funnel.rate') }} as rate,
    {{ unless_withheld('funnel.benchmark_rate', ['is_benchmark_withheld']) }} as benchmark_rate,
    funnel.areas_pooled,
    funnel.areas_in_benchmark,
    {{ unless_withheld('funnel.lower_2_sigma', ['is_benchmark_withheld']) }} as lower_2_sigma,
    {{ unless_withheld('funnel.upper_2_sigma', ['is_benchmark_withheld']) }} as upper_2_sigma,
    {{ unless_withheld('funnel.lower_3_sigma', ['is_benchmark_withheld']) }} as lower_3_sigma,
    {{ unless_withheld('funnel.upper_3_sigma', ['is_benchmark_withheld']) }} as upper_3_sigma,
    {{ unless_withheld('funnel.funnel_position', ['is_benchmark_withheld']) }} as funnel_position,
    {{ unless_withheld('funnel.is_beyond_2_sigma', ['is_benchmark_withheld']) }} as is_beyond_2_sigma,
    {{ unless_withheld('funnel.is_beyond_3_sigma', ['is_benchmark_withheld']) }} as is_beyond_3_sigma,
    {{ unless_withheld('funnel.dispersion', ['is_benchmark_withheld']) }} as dispersion,
    funnel.is_illustrative,
    funnel.is_withheld as is_suppressed,
    {{ any_withheld(['is_benchmark_withheld']) }} as is_benchmark_suppressed
from funnel
