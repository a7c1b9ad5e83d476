-- Partnerships of one force side by side, by rate and by percentage change.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

partnerships as (
    select
        force_code,
        source,
        indicator_id,
        area_code,
        area_name,
        period_type,
        period_label,
        period_end,
        rate,
        change_pct,
        -- 1 is best: the highest where higher is better, else the lowest (neutral ones too)
        case when polarity = 'higher_is_better' then -rate else rate end as rate_order,
        case when polarity = 'higher_is_better' then -change_pct else change_pct end
            as change_order
    from indicator_values
    where
        area_type = 'csp'
        and is_complete
        and force_code is not null
        and (rate is not null or change_pct is not null)
)

select
    force_code,
    source,
    indicator_id,
    area_code,
    area_name,
    period_type,
    period_label,
    period_end,
    rate,
    case
        when rate is not null
            then rank() over (
                partition by force_code, source, indicator_id, period_type, period_end
                order by rate_order nulls last
            )
    end as rate_rank,
    change_pct,
    case
        when change_pct is not null
            then rank() over (
                partition by force_code, source, indicator_id, period_type, period_end
                order by change_order nulls last
            )
    end as change_rank,
    greatest(
        count(rate) over (
            partition by force_code, source, indicator_id, period_type, period_end
        ),
        count(change_pct) over (
            partition by force_code, source, indicator_id, period_type, period_end
        )
    ) as areas_ranked
from partnerships
