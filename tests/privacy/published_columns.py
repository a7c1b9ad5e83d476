"""What is known of every column of every published table that could tell something of a count.

A column is an equation that the attacker uses (`published_facts` reads it), or it is NULL wherever
a cell that it is made of is withheld (`NULL_WHERE` says which cells), or it is public for a reason.
`test_published_columns.py` holds all three against what is published: a new column is in none of
them and fails.
"""

from __future__ import annotations

from collections.abc import Mapping

#: the cells a column is made of: its own, the year before, three years, and circles of them
OWN = ("own",)
PREVIOUS = ("previous",)
BOTH = (*OWN, *PREVIOUS)
FAMILY = (*OWN, "family")
FAMILIES = (*BOTH, "family", "previous_family")
FORCE = (*OWN, "force")
FORCES = (*BOTH, "force", "previous_force")
SERIES = ("series",)
BENCHMARK = ("benchmark",)
CLOSED = ("closed",)
ROW = ("row",)
PLACE = ("place",)


def of(cells: tuple[str, ...], columns: str) -> dict[str, tuple[str, ...]]:
    """All these columns are made of these cells."""
    return dict.fromkeys(columns.split(), cells)


NULL_WHERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fct_indicator_values": {
        **of(OWN, "value value_so_far rate rate_lower rate_upper annualised_rate rag"),
        **of(PREVIOUS, "previous_value previous_rate change_pct_is_unreliable"),
        **of(("baseline",), "baseline_3yr_value"),
        **of(
            BOTH,
            "change change_pct change_pp change_ratio change_ratio_lower change_ratio_upper "
            "change_p_value significance direction_of_travel",
        ),
        **of(("own_of_cases",), "denominator"),
        **of(SERIES, "change_dispersion"),
    },
    "fct_family_ranks": {
        **of(OWN, "rate"),
        **of(
            FAMILY,
            "rank rank_best rank_worst quartile family_mean_rate family_pooled_rate "
            "gap_to_mean_pct offences_above_mean offences_to_next_place rank_in_words",
        ),
    },
    "fct_force_ranks": {
        **of(OWN, "rate"),
        **of(FORCE, "rate_rank"),
        **of(BOTH, "change_pct"),
        **of(FORCES, "change_rank"),
        **of(PREVIOUS, "change_pct_is_unreliable"),
    },
    "fct_funnel": {
        **of(OWN, "value rate"),
        **of(
            BENCHMARK,
            "benchmark_rate lower_2_sigma upper_2_sigma lower_3_sigma upper_3_sigma "
            "is_beyond_2_sigma is_beyond_3_sigma dispersion funnel_position",
        ),
    },
    "fct_rank_changes": {
        **of(OWN, "rate"),
        **of(PREVIOUS, "previous_rate"),
        **of(
            FAMILIES,
            "previous_rank rank rank_change own_rate_effect peers_rates_effect membership_effect "
            "rank_if_only_own_changed rank_if_only_peers_changed",
        ),
    },
    "fct_headline_sensitivity": {
        **of(OWN, "value rate"),
        **of(PREVIOUS, "previous_value previous_rate"),
        **of(BOTH, "change change_pct change_pp rate_change"),
        **of(FAMILY, "family_rank"),
        **of(FORCE, "force_rank"),
        **of(
            (*BOTH, "family", "force", "base"),
            "sign_flips family_rank_flips force_rank_flips headline_is_sensitive",
        ),
    },
    "rpt_scorecard": {
        **of(OWN, "value value_so_far rate rate_lower rate_upper rag"),
        **of(PREVIOUS, "previous_value change_pct_is_unreliable"),
        **of(
            BOTH,
            "change change_pct change_pp change_p_value significance direction_of_travel",
        ),
        **of(FORCE, "force_rate_rank"),
        **of(FORCES, "force_change_rank"),
        **of(("family",), "family_rank family_rank_best family_rank_worst"),
    },
    "fct_control_charts": of(
        SERIES,
        "value moving_range mean mean_moving_range moving_ranges_dropped lower_limit "
        "lower_limit_from_zero upper_limit is_outside_limits is_run_of_seven is_trend_of_seven "
        "is_two_of_three is_special_cause special_cause variation",
    ),
    "fct_forecasts": of(
        SERIES,
        "value_so_far naive_year_end forecast forecast_lower forecast_upper mean_error "
        "mean_naive_error error_ratio reason_no_forecast",
    ),
    "fct_seasonality": of(
        SERIES,
        "value history_mean history_min history_max rank_from_highest expected_lower "
        "expected_upper against_expected",
    ),
    "fct_trends": of(
        SERIES,
        "first_value last_value slope chi_square p_value is_sign_stable trend trend_reason "
        "direction_of_travel",
    ),
    "fct_revisions": of(
        SERIES,
        "first_figure figure current_figure change_from_first change_from_first_pct "
        "change_from_previous_vintage",
    ),
    "fct_harm": {
        **of(OWN, "value severity severity_per_offence weighted_share_pct severity_rate"),
        **of(PREVIOUS, "previous_severity"),
        **of(BOTH, "severity_change severity_change_pct count_change_pct"),
    },
    "fct_outcomes": of(
        CLOSED,
        "crimes denominator decided_outcomes positive_outcomes positive_outcome_rate rate_lower "
        "rate_upper undecided_pct previous_positive_outcome_rate change_pp",
    ),
    "fct_reporting_or_harm": {
        **of(OWN, "value"),
        **of(PREVIOUS, "previous_value"),
        **of(BOTH, "change_pct significance"),
        **of(
            CLOSED,
            "severity severity_per_offence previous_severity severity_change_pct "
            "weighted_share_pct decided_outcomes positive_outcomes positive_outcome_rate "
            "positive_outcome_rate_lower positive_outcome_rate_upper "
            "previous_positive_outcome_rate positive_outcome_change_pp undecided_pct",
        ),
    },
    "fct_partner_values": of(
        OWN,
        "value numerator denominator value_lower value_upper region_value region_gap "
        "people_behind_region country_value country_gap people_behind_country "
        "top_quartile_value top_quartile_gap people_behind_top_quartile benchmark_value "
        "benchmark_gap",
    ),
    "fct_marac_breakdowns": of(ROW, "counted"),
    "fct_programme_values": of(ROW, "value previous_value change"),
    "fct_repeat_locations": of(
        PLACE,
        "records callers repeat_callers records_of_repeat_callers locations repeat_locations "
        "records_at_repeat_locations",
    ),
    "rpt_coverage": of(("restricted",), "rows_read rows_loaded rows_rejected"),
    "rpt_checks": of(("restricted",), "unexpected_count"),
}

CALENDAR = "says which months were asked for and supplied, which the coverage says of every source"
PEOPLE = "numbers of residents and households are public estimates"
CIRCLE = "how many areas report is known from the coverage"
OPEN_DATA = "of public sources only: a dbt test holds it to that"
MONEY = "money of budget lines and what it bought, no counts of people or offences"
FLAG = "says of the row what it is, not how many"
MADE_OF_PUBLISHED = "made from figures that other published tables show"

PUBLIC: Mapping[str, Mapping[str, str]] = {
    "dim_areas": {"is_home_area": FLAG},
    "dim_families": {"is_self": FLAG, "is_illustrative": FLAG},
    "dim_indicators": {
        **dict.fromkeys(
            ("rate_per", "is_sensitive", "is_headline", "headline_order", "is_own"), FLAG
        )
    },
    "fct_indicator_values": {
        **dict.fromkeys(("months_expected", "months_supplied", "is_complete"), CALENDAR),
        **dict.fromkeys(("is_headline_source", "rate_per", "is_provisional"), FLAG),
        **dict.fromkeys(("is_suppressed", "is_comparison_suppressed"), FLAG),
        **dict.fromkeys(("population_year", "is_population_out_of_date"), PEOPLE),
        "target_value": "a target is set, not counted",
        "significance_basis": CALENDAR,
    },
    "fct_family_ranks": {
        **dict.fromkeys(("members_reporting", "family_size", "is_whole_family"), CIRCLE),
        **dict.fromkeys(
            ("is_headline_rank", "is_illustrative", "is_suppressed", "is_rank_suppressed"), FLAG
        ),
    },
    "fct_force_ranks": {
        **dict.fromkeys(
            ("areas_ranked", "areas_ranked_by_change", "partnerships_in_force"), CIRCLE
        ),
        **dict.fromkeys(("is_suppressed", "is_rank_suppressed"), FLAG),
    },
    "fct_funnel": {
        **dict.fromkeys(("areas_pooled", "areas_in_benchmark"), CIRCLE),
        "denominator": PEOPLE,
        **dict.fromkeys(
            ("rate_per", "is_illustrative", "is_suppressed", "is_benchmark_suppressed"), FLAG
        ),
    },
    "fct_rank_changes": {
        **dict.fromkeys(
            ("members_in_both", "previous_members_reporting", "members_reporting"), CIRCLE
        ),
        **dict.fromkeys(("is_illustrative", "is_suppressed", "is_rank_suppressed"), FLAG),
    },
    "fct_headline_sensitivity": {
        **dict.fromkeys(("family_members_reporting", "force_areas_ranked"), CIRCLE),
        "population_year": PEOPLE,
        **dict.fromkeys(("is_base", "is_suppressed", "is_comparison_suppressed"), FLAG),
    },
    "rpt_scorecard": {
        **dict.fromkeys(("force_areas_ranked", "family_size", "family_members_reporting"), CIRCLE),
        **dict.fromkeys(("population_year", "is_population_out_of_date"), PEOPLE),
        "target_value": "a target is set, not counted",
        **dict.fromkeys(("months_expected", "months_supplied", "is_complete"), CALENDAR),
        **dict.fromkeys(
            ("home_order", "headline_order", "rate_per", "family_is_illustrative",
             "is_provisional", "is_suppressed", "is_comparison_suppressed"),
            FLAG,
        ),
    },
    "fct_control_charts": {
        **dict.fromkeys(("baseline_points", "segment", "is_provisional_limits"), CALENDAR),
        "is_suppressed": FLAG,
    },
    "fct_forecasts": {
        **dict.fromkeys(("months_known", "months_ahead", "origins_tested"), CALENDAR),
        "is_suppressed": FLAG,
    },
    "fct_seasonality": {
        **dict.fromkeys(("earlier_years", "years_ranked", "is_provisional"), CALENDAR),
        "is_suppressed": FLAG,
    },
    "fct_trends": {"years": CALENDAR, "is_suppressed": FLAG},
    "fct_revisions": {
        **dict.fromkeys(("vintage_number", "days_after_period_end", "is_current"), CALENDAR),
        "is_suppressed": FLAG,
    },
    "fct_harm": {
        **dict.fromkeys(("months_expected", "months_supplied", "is_complete"), CALENDAR),
        **dict.fromkeys(("denominator", "population_year"), PEOPLE),
        **dict.fromkeys(
            ("rate_per", "is_suppressed", "is_severity_suppressed", "is_comparison_suppressed"),
            FLAG,
        ),
    },
    "fct_outcomes": {
        **dict.fromkeys(("months_expected", "months_supplied", "is_complete"), CALENDAR),
        "is_suppressed": FLAG,
    },
    "fct_reporting_or_harm": {
        "is_complete": CALENDAR,
        **dict.fromkeys(("is_suppressed", "is_severity_suppressed"), FLAG),
    },
    "fct_partner_values": {"is_complete": CALENDAR, "is_suppressed": FLAG},
    "fct_marac_breakdowns": {"is_suppressed": FLAG},
    "fct_programme_values": {"is_suppressed": FLAG},
    "fct_repeat_locations": dict.fromkeys(("is_suppressed", "is_detail_suppressed"), FLAG),
    "rpt_coverage": {
        "is_supplied": CALENDAR,
        "vintages": CALENDAR,
        "is_synthetic": FLAG,
    },
    "fct_neighbourhoods": dict.fromkeys(
        ("is_current_boundary", "months_expected", "months_supplied", "is_complete", "value",
         "value_so_far", "denominator", "population_year", "rate_per", "rate",
         "share_of_csp_pct", "rank_in_csp",
         "neighbourhoods_in_csp", "is_in_top_5pct", "csp_top_5pct_share_pct",
         "months_above_90th_percentile", "previous_value", "change", "change_pct",
         "change_pct_is_unreliable"),
        OPEN_DATA,
    ),
    "fct_stop_and_search": dict.fromkeys(
        ("searches", "searches_with_linked_outcome"), "data.police.uk publishes every search"
    ),
    "fct_grant_lines": dict.fromkeys(
        ("is_whole_year", "is_total", "allocation", "carry_forward_in", "available", "spend",
         "spend_to_date", "forecast", "underspend", "forecast_underspend", "outcomes",
         "cost_per_outcome",
         "previous_allocation", "allocation_change", "allocation_change_pct",
         "years_reduced_in_a_row", "lines_sum", "stated_total", "sum_differs_by", "sum_differs"),
        MONEY,
    ),
    "rpt_figures": dict.fromkeys(
        (
            "is_home_area", "value", "previous_value", "change", "change_pct", "change_pp",
            "change_pct_is_unreliable", "denominator", "population_year", "rate_per", "rate",
            "rate_lower", "rate_upper", "previous_rate", "force_rate", "region_rate",
            "country_rate", "family_mean_rate", "family_rank", "family_rank_best",
            "family_rank_worst", "family_members_reporting", "family_size",
            "family_is_illustrative", "force_rate_rank", "force_change_rank",
            "force_areas_ranked", "force_areas_ranked_by_change", "target_value",
            "is_provisional", "is_suppressed", "is_comparison_suppressed",
        ),
        MADE_OF_PUBLISHED,
    ),
    "fct_contributions": dict.fromkeys(
        (
            "is_headline_source", "whole_value", "whole_previous_value", "whole_change",
            "value", "previous_value", "change", "change_pct", "change_pct_is_unreliable",
            "share_of_change_pct", "contribution_pp", "contribution_rank", "parts",
            "all_parts_shown", "parts_are_the_whole", "is_provisional", "is_suppressed",
            "is_comparison_suppressed",
        ),
        MADE_OF_PUBLISHED,
    ),
    "fct_monthly_counts": dict.fromkeys(
        ("value", "is_provisional", "is_suppressed"), MADE_OF_PUBLISHED
    ),
    "dim_periods": {"months": CALENDAR},
}  # fmt: skip
