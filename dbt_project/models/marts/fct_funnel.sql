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
    {{ unless_withheld(['value', 'rate'], of='funnel') }},
    {{ unless_withheld([
        'benchmark_rate',
        'lower_2_sigma',
        'upper_2_sigma',
        'lower_3_sigma',
        'upper_3_sigma',
        'funnel_position',
        'is_beyond_2_sigma',
        'is_beyond_3_sigma',
        'dispersion',
    ], ['is_benchmark_withheld'], of='funnel') }},
    funnel.denominator,
    funnel.rate_per,
    funnel.areas_pooled,
    funnel.areas_in_benchmark,
    funnel.is_illustrative,
    funnel.is_withheld as is_suppressed,
    {{ any_withheld(['is_benchmark_withheld']) }} as is_benchmark_suppressed
from funnel
