-- Partnerships of one force side by side, by rate and by percentage change.
with

indicator_values as (
    select * from {{ ref('int_indicator_values') }}
),

areas as (
    select * from {{ ref('areas') }}
),

force_sizes as (
    select
        force_code,
        count(*) as partnerships_in_force
    from areas
    where
        area_type = 'csp'
        and force_code is not null
    group by force_code
),

partnerships as (
    select
        force_code,
        source,
        indicator_id,
        area_code,
        area_name,
        polarity,
        period_type,
        period_label,
        period_end,
        rate,
        change_pct,
        change_pct_is_unreliable,
        break_note,
        {{ best_first('rate', 'polarity') }} as rate_order,
        {{ best_first('change_pct', 'polarity') }} as change_order
    from indicator_values
    where
        area_type = 'csp'
        and is_complete
        and force_code is not null
        and (rate is not null or change_pct is not null)
),

ranked as (
    select
        *,
        case when rate is not null then rank() over by_rate end as rate_rank,
        case when change_pct is not null then rank() over by_change end as change_rank,
        count(rate) over league as areas_ranked_by_rate,
        count(change_pct) over league as areas_ranked_by_change
    from partnerships
    window
        league as (
            partition by force_code, source, indicator_id, period_type, period_end
        ),
        by_rate as (
            partition by force_code, source, indicator_id, period_type, period_end
            order by rate_order nulls last
        ),
        by_change as (
            partition by force_code, source, indicator_id, period_type, period_end
            order by change_order nulls last
        )
)

select
    ranked.force_code,
    ranked.source,
    ranked.indicator_id,
    ranked.area_code,
    ranked.area_name,
    ranked.period_type,
    ranked.period_label,
    ranked.period_end,
    ranked.rate,
    ranked.rate_rank,
    ranked.change_pct,
    ranked.change_rank,
    -- "3rd of 7": the areas that the row's own rank is among
    case
        when ranked.rate_rank is not null then ranked.areas_ranked_by_rate
        else ranked.areas_ranked_by_change
    end as areas_ranked,
    ranked.areas_ranked_by_change,
    force_sizes.partnerships_in_force,
    ranked.change_pct_is_unreliable,
    ranked.break_note,
    {{ rank_basis('ranked.polarity') }} as rank_basis
from ranked
inner join force_sizes
    on ranked.force_code = force_sizes.force_code
