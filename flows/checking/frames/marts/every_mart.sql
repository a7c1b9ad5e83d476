-- One row per mart of figures without a suite of its own: counts of what no row of it may be.
-- is_suppressed speaks of the row's own figure; a flag of its own says that what stands beside it is withheld.
with

wrongs as (
    select
        'fct_control_charts' as mart,
        count(*) filter (where is_suppressed and value is not null) as suppressed_with_figure,
        0 as shares_outside_0_to_100,
        count(*) filter (
            where mean not between lower_limit and upper_limit
        ) as figures_outside_interval,
        0 as ranks_out_of_range,
        count(*) filter (where value < 0 or mean_moving_range < 0) as figures_negative
    from fct_control_charts
    union all
    select
        'fct_seasonality',
        count(*) filter (where is_suppressed and value is not null),
        0,
        count(*) filter (
            where history_mean not between history_min and history_max
            or expected_lower > expected_upper
        ),
        count(*) filter (where rank_from_highest not between 1 and years_ranked),
        count(*) filter (where value < 0)
    from fct_seasonality
    union all
    select
        'fct_trends',
        count(*) filter (where is_suppressed and (last_value is not null or slope is not null)),
        0,
        count(*) filter (where p_value not between 0 and 1),
        0,
        count(*) filter (where first_value < 0 or last_value < 0 or chi_square < 0)
    from fct_trends
    union all
    select
        'fct_forecasts',
        count(*) filter (where is_suppressed and (forecast is not null or value_so_far is not null)),
        0,
        count(*) filter (where forecast not between forecast_lower and forecast_upper),
        0,
        count(*) filter (where forecast_lower < 0 or value_so_far < 0 or mean_error < 0)
    from fct_forecasts
    union all
    select
        'fct_funnel',
        count(*) filter (
            where (is_suppressed and (value is not null or rate is not null))
            or (is_benchmark_suppressed and (benchmark_rate is not null or upper_2_sigma is not null))
        ),
        0,
        count(*) filter (
            where lower_3_sigma > lower_2_sigma or upper_2_sigma > upper_3_sigma
            or benchmark_rate not between lower_2_sigma and upper_2_sigma
        ),
        count(*) filter (where areas_pooled > areas_in_benchmark),
        count(*) filter (where rate < 0 or lower_3_sigma < 0)
    from fct_funnel
    union all
    select
        'fct_harm',
        -- the count of a withheld severity may stand
        count(*) filter (
            where (is_suppressed and value is not null)
            or (is_severity_suppressed and severity is not null)
        ),
        count(*) filter (where weighted_share_pct not between 0 and 100),
        0,
        0,
        count(*) filter (where value < 0 or severity < 0 or severity_rate < 0)
    from fct_harm
    union all
    select
        'fct_outcomes',
        count(*) filter (
            where is_suppressed and (crimes is not null or positive_outcome_rate is not null)
        ),
        count(*) filter (
            where positive_outcome_rate not between 0 and 100
            or undecided_pct not between 0 and 100
        ),
        count(*) filter (where positive_outcome_rate not between rate_lower and rate_upper),
        0,
        count(*) filter (where crimes < 0 or positive_outcomes > decided_outcomes)
    from fct_outcomes
    union all
    select
        'fct_marac_breakdowns',
        count(*) filter (where is_suppressed and counted is not null),
        0,
        0,
        0,
        count(*) filter (where counted < 0)
    from fct_marac_breakdowns
    union all
    select
        'fct_repeat_locations',
        count(*) filter (where is_suppressed and records is not null),
        0,
        0,
        0,
        count(*) filter (where records < 0 or repeat_callers > callers or repeat_locations > locations)
    from fct_repeat_locations
    union all
    select
        'fct_stop_and_search',
        0,
        0,
        0,
        0,
        count(*) filter (where searches < 0 or searches_with_linked_outcome > searches)
    from fct_stop_and_search
    union all
    select
        'fct_partner_values',
        count(*) filter (where is_suppressed and (value is not null or numerator is not null)),
        0,
        count(*) filter (where value not between value_lower and value_upper),
        0,
        count(*) filter (where numerator < 0 or denominator < 0)
    from fct_partner_values
    union all
    select
        'fct_rank_changes',
        count(*) filter (where is_suppressed and rank is not null),
        0,
        0,
        count(*) filter (
            where rank not between 1 and members_reporting
            or previous_rank not between 1 and previous_members_reporting
        ),
        count(*) filter (where rate < 0 or previous_rate < 0)
    from fct_rank_changes
    union all
    select
        'fct_headline_sensitivity',
        count(*) filter (where is_suppressed and (value is not null or rate is not null)),
        0,
        0,
        count(*) filter (
            where family_rank not between 1 and family_members_reporting
            or force_rank not between 1 and force_areas_ranked
        ),
        count(*) filter (where value < 0 or rate < 0)
    from fct_headline_sensitivity
    union all
    select
        'fct_neighbourhoods',
        0,
        count(*) filter (
            where share_of_csp_pct not between 0 and 100
            or csp_top_5pct_share_pct not between 0 and 100
        ),
        0,
        count(*) filter (where rank_in_csp not between 1 and neighbourhoods_in_csp),
        count(*) filter (where value < 0 or rate < 0)
    from fct_neighbourhoods
    union all
    select
        'fct_revisions',
        count(*) filter (where is_suppressed and (figure is not null or first_figure is not null)),
        0,
        0,
        count(*) filter (where vintage_number < 1),
        count(*) filter (where is_current and figure <> current_figure)
    from fct_revisions
    union all
    select
        'fct_reporting_or_harm',
        count(*) filter (
            where (is_suppressed and value is not null)
            or (is_severity_suppressed and severity is not null)
        ),
        count(*) filter (
            where positive_outcome_rate not between 0 and 100
            or undecided_pct not between 0 and 100
            or weighted_share_pct not between 0 and 100
        ),
        count(*) filter (
            where positive_outcome_rate
            not between positive_outcome_rate_lower and positive_outcome_rate_upper
        ),
        0,
        count(*) filter (where value < 0 or severity < 0)
    from fct_reporting_or_harm
    union all
    select
        'fct_grant_lines',
        0,
        0,
        0,
        0,
        count(*) filter (
            where abs(underspend - (available - spend_to_date)) > 0.005
            or abs(forecast_underspend - (available - forecast)) > 0.005
        )
    from fct_grant_lines
)

select
    mart,
    cast(suppressed_with_figure as bigint) as suppressed_with_figure,
    cast(shares_outside_0_to_100 as bigint) as shares_outside_0_to_100,
    cast(figures_outside_interval as bigint) as figures_outside_interval,
    cast(ranks_out_of_range as bigint) as ranks_out_of_range,
    cast(figures_negative as bigint) as figures_impossible
from wrongs
order by mart
