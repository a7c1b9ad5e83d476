"""Each named rule of a mart is broken once, by one statement, and its test sees it."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.built_without_dbt import read_yml
from tests.conftest import PROJECT_ROOT
from tests.dbt_project.test_generic_tests import rendered

MARTS = PROJECT_ROOT / "dbt_project" / "models" / "marts"

# What is done to the small warehouse, by mart and the rule that must see it.
BROKEN = {
    "dim_areas": {
        "there_are_areas": "delete from dim_areas",
        "every_partnership_names_its_force": "update dim_areas set force_code = null",
        "every_level_is_defined": "update dim_areas set area_type = 'parish'",
        "a_name_is_one_area_of_its_level": "update dim_areas set area_name = 'Northham'",
        "a_home_area_is_among_the_areas": "update dim_areas set is_home_area = false",
    },
    "dim_indicators": {
        "there_are_indicators": "delete from dim_indicators",
        "what_a_rate_is_per_is_above_zero": "update dim_indicators set rate_per = 0",
        "every_indicator_says_what_it_counts": "update dim_indicators set definition = ' '",
    },
    "fct_indicator_values": {
        "there_are_figures": "delete from fct_indicator_values",
        "no_figure_is_negative": "update fct_indicator_values set rate = -1",
        "change_is_value_less_previous_value": "update fct_indicator_values "
        "set change = change + 1",
        "change_pct_is_of_the_previous_value": "update fct_indicator_values "
        "set previous_value = 0, change = value",
        "a_complete_period_has_all_its_months": "update fct_indicator_values "
        "set months_supplied = 0",
        "an_incomplete_period_is_compared_with_nothing": "update fct_indicator_values "
        "set is_complete = false",
        "a_rate_lies_within_its_interval": "update fct_indicator_values set rate_lower = rate + 1",
        "what_is_withheld_is_null": "update fct_indicator_values set is_suppressed = true, "
        "value = null",
        "a_withheld_previous_value_is_given_back_by_nothing": "update fct_indicator_values "
        "set is_comparison_suppressed = true, previous_value = null",
        "a_withheld_comparison_lacks_one_of_its_figures": "update fct_indicator_values "
        "set is_comparison_suppressed = true, baseline_3yr_value = 5",
        "no_complete_period_ends_after_its_extract": "update fct_indicator_values "
        "set extract_date = '2018-07-15'",
        "one_source_at_most_is_the_headline": "insert into fct_indicator_values by name "
        "select * replace ('other' as source) from fct_indicator_values",
    },
    "fct_family_ranks": {
        "rank_is_within_the_family": "update fct_family_ranks set rank = 3",
        "rank_lies_within_its_interval": "update fct_family_ranks set rank_worst = 1",
        "no_more_members_report_than_there_are": "update fct_family_ranks set family_size = 1",
        "quartile_is_1_to_4": "update fct_family_ranks set quartile = 5",
        "only_an_area_with_a_rate_has_a_rank": "update fct_family_ranks set rate = null",
        "no_rate_is_negative": "update fct_family_ranks set family_mean_rate = -1",
        "an_area_is_ranked_in_its_family": "delete from fct_family_ranks",
    },
    "fct_force_ranks": {
        "rate_rank_is_within_the_force": "update fct_force_ranks set rate_rank = 3",
        "change_rank_is_within_the_force": "update fct_force_ranks set change_rank = 0",
        "only_an_area_with_a_rate_has_a_rate_rank": "update fct_force_ranks set rate = null",
        "only_an_area_with_a_change_has_a_change_rank": "update fct_force_ranks "
        "set change_pct = null",
        "an_area_is_ranked_in_its_force": "delete from fct_force_ranks",
    },
    "rpt_scorecard": {
        "an_incomplete_period_is_compared_with_nothing": "update rpt_scorecard "
        "set is_complete = null",
        "what_is_withheld_is_null": "update rpt_scorecard set is_suppressed = true, value = null",
        "a_withheld_previous_value_is_given_back_by_nothing": "update rpt_scorecard "
        "set is_comparison_suppressed = true, previous_value = null",
        "the_scorecard_has_lines": "delete from rpt_scorecard",
    },
    "rpt_coverage": {
        "something_was_supplied": "delete from rpt_coverage",
        "no_period_ends_before_it_starts": "update rpt_coverage set period_end = '2018-06-30'",
        "what_was_supplied_names_its_extract": "update rpt_coverage set vintages = null",
        "rows_read_are_rows_loaded_and_rejected": "update rpt_coverage set rows_loaded = null",
        "a_file_of_a_force_has_rows_of_each_of_its_partnerships": "update rpt_coverage "
        "set areas_not_in_file = 'Herefordshire, County of'",
        "no_month_is_missing_between_the_first_and_the_last": "update rpt_coverage "
        "set is_supplied = false",
    },
    "fct_control_charts": {
        "what_is_withheld_is_null": "update fct_control_charts set is_suppressed = true",
        "the_mean_lies_within_the_limits": "update fct_control_charts set mean = 11",
        "no_figure_is_negative": "update fct_control_charts set value = -1",
    },
    "fct_seasonality": {
        "what_is_withheld_is_null": "update fct_seasonality set is_suppressed = true",
        "the_mean_lies_within_the_history": "update fct_seasonality set history_mean = 7",
        "the_expected_range_is_in_order": "update fct_seasonality set expected_lower = 8",
        "rank_is_within_the_years": "update fct_seasonality set rank_from_highest = 4",
        "no_figure_is_negative": "update fct_seasonality set value = -1",
    },
    "fct_trends": {
        "what_is_withheld_is_null": "update fct_trends set is_suppressed = true, slope = null",
        "a_p_value_is_0_to_1": "update fct_trends set p_value = 1.5",
        "no_figure_is_negative": "update fct_trends set last_value = -1",
    },
    "fct_forecasts": {
        "what_is_withheld_is_null": "update fct_forecasts set is_suppressed = true",
        "a_forecast_lies_within_its_limits": "update fct_forecasts set forecast = 7",
        "no_figure_is_negative": "update fct_forecasts set mean_error = -1",
    },
    "fct_funnel": {
        "what_is_withheld_is_null": "update fct_funnel set is_suppressed = true",
        "a_withheld_benchmark_is_null": "update fct_funnel set is_benchmark_suppressed = true",
        "the_limits_are_in_order": "update fct_funnel set lower_3_sigma = 4",
        "no_more_areas_are_pooled_than_there_are": "update fct_funnel set areas_pooled = 8",
        "no_figure_is_negative": "update fct_funnel set rate = -1",
    },
    "fct_harm": {
        "what_is_withheld_is_null": "update fct_harm set is_suppressed = true",
        "a_withheld_severity_is_null": "update fct_harm set is_severity_suppressed = true",
        "a_share_is_0_to_100": "update fct_harm set weighted_share_pct = -1",
        "no_figure_is_negative": "update fct_harm set severity = -1",
    },
    "fct_outcomes": {
        "what_is_withheld_is_null": "update fct_outcomes set is_suppressed = true",
        "a_share_is_0_to_100": "update fct_outcomes set undecided_pct = 101",
        "a_rate_lies_within_its_interval": "update fct_outcomes set rate_lower = 26",
        "no_part_is_above_its_whole": "update fct_outcomes set positive_outcomes = 9",
        "no_figure_is_negative": "update fct_outcomes set crimes = -1",
    },
    "fct_marac_breakdowns": {
        "what_is_withheld_is_null": "update fct_marac_breakdowns set is_suppressed = true",
        "no_figure_is_negative": "update fct_marac_breakdowns set counted = -1",
    },
    "fct_repeat_locations": {
        "what_is_withheld_is_null": "update fct_repeat_locations set is_suppressed = true",
        "no_more_callers_repeat_than_there_are": "update fct_repeat_locations "
        "set repeat_callers = 6",
        "no_more_locations_repeat_than_there_are": "update fct_repeat_locations "
        "set repeat_locations = 7",
        "no_figure_is_negative": "update fct_repeat_locations set records = -1",
    },
    "fct_stop_and_search": {
        "no_part_is_above_its_whole": "update fct_stop_and_search "
        "set searches_with_linked_outcome = 10",
        "no_figure_is_negative": "update fct_stop_and_search "
        "set searches = -1, searches_with_linked_outcome = null",
    },
    "fct_partner_values": {
        "what_is_withheld_is_null": "update fct_partner_values set is_suppressed = true",
        "a_value_lies_within_its_interval": "update fct_partner_values set value = 16",
        "no_figure_is_negative": "update fct_partner_values set numerator = -1",
    },
    "fct_rank_changes": {
        "what_is_withheld_is_null": "update fct_rank_changes set is_suppressed = true",
        "what_would_give_it_back_is_null": "update fct_rank_changes set is_rank_suppressed = true",
        "rank_is_within_the_family": "update fct_rank_changes set rank = 16",
        "previous_rank_is_within_the_family": "update fct_rank_changes set previous_rank = 0",
        "effects_sum_to_the_rank_change": "update fct_rank_changes set own_rate_effect = 2",
        "no_figure_is_negative": "update fct_rank_changes set rate = -1",
    },
    "fct_headline_sensitivity": {
        "what_is_withheld_is_null": "update fct_headline_sensitivity set is_suppressed = true",
        "rank_is_within_the_family": "update fct_headline_sensitivity set family_rank = 16",
        "rank_is_within_the_force": "update fct_headline_sensitivity set force_rank = 8",
        "no_figure_is_negative": "update fct_headline_sensitivity set value = -1",
    },
    "fct_neighbourhoods": {
        "a_share_is_0_to_100": "update fct_neighbourhoods set share_of_csp_pct = 101",
        "rank_is_within_the_partnership": "update fct_neighbourhoods set rank_in_csp = 0",
        "no_figure_is_negative": "update fct_neighbourhoods set rate = -1",
    },
    "fct_revisions": {
        "what_is_withheld_is_null": "update fct_revisions set is_suppressed = true",
        "the_first_vintage_is_number_1": "update fct_revisions set vintage_number = 0",
        "the_current_vintage_is_the_current_figure": "update fct_revisions set current_figure = 6",
    },
    "fct_reporting_or_harm": {
        "what_is_withheld_is_null": "update fct_reporting_or_harm set is_suppressed = true",
        "a_withheld_severity_is_null": "update fct_reporting_or_harm "
        "set is_severity_suppressed = true",
        "a_share_is_0_to_100": "update fct_reporting_or_harm set undecided_pct = 101",
        "a_rate_lies_within_its_interval": "update fct_reporting_or_harm "
        "set positive_outcome_rate_upper = 24",
        "no_figure_is_negative": "update fct_reporting_or_harm set severity = -1",
    },
    "fct_grant_lines": {
        "underspend_is_what_is_available_less_spend": "update fct_grant_lines set underspend = 701",
        "forecast_underspend_is_what_is_available_less_forecast": "update fct_grant_lines "
        "set forecast_underspend = 99",
    },
}


def rules_of_marts() -> dict[str, dict[str, Any]]:
    """The named rules of each mart that are about its figures, as its yml has them."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(MARTS.glob("*.yml")):
        (model,) = read_yml(file)["models"]
        for test in model.get("data_tests", []):
            if "rules_hold" in test:
                rules = {
                    name: rule
                    for name, rule in test["rules_hold"]["arguments"]["rules"].items()
                    # these ask the same of every table: tests/dbt_project/test_generic_tests.py
                    if not rule.keys() & {"key", "never_null", "values_of"}
                }
                assert not rules.keys() & found.get(file.stem, {}).keys(), file.stem
                found.setdefault(file.stem, {}).update(rules)
    return {mart: rules for mart, rules in found.items() if rules}


RULES = rules_of_marts()


def found_by(tables: duckdb.DuckDBPyConnection, sql: str, statement: str = "") -> list[Any]:
    """What a test selects after a statement, which is then rolled back."""
    tables.begin()
    try:
        if statement:
            tables.execute(statement)
        return tables.execute(sql).fetchall()
    finally:
        tables.rollback()


def rules_sql(mart: str) -> str:
    return rendered("rules_hold", model=mart, rules=RULES[mart])


def test_every_rule_is_broken_here_and_no_other() -> None:
    assert {mart: set(rules) for mart, rules in RULES.items()} == {
        mart: set(rules) for mart, rules in BROKEN.items()
    }


@pytest.mark.parametrize("mart", BROKEN)
def test_right_rows_break_no_rule(tables: duckdb.DuckDBPyConnection, mart: str) -> None:
    assert found_by(tables, rules_sql(mart)) == []


@pytest.mark.parametrize(
    ("mart", "rule", "statement"),
    [(mart, rule, sql) for mart, rules in BROKEN.items() for rule, sql in rules.items()],
)
def test_a_broken_rule_is_seen(
    tables: duckdb.DuckDBPyConnection, mart: str, rule: str, statement: str
) -> None:
    assert dict(found_by(tables, rules_sql(mart), statement)).get(rule, 0) > 0


# What must hold between marts: its file, and a statement that breaks it.
BETWEEN_MARTS = {
    "scorecard_lines_are_published_figures": "update rpt_scorecard set value = value + 1",
    "every_league_has_a_first_place": "update fct_force_ranks set rate_rank = 2",
    "published_sources_say_what_they_supplied": "update rpt_coverage "
    "set source = 'partner_returns'",
    "areas_sum_to_forces_in_published_months": "update fct_indicator_values set value = 7 "
    "where area_code = 'E22000001'",
    "supplied_forces_have_all_their_partnerships": "delete from fct_indicator_values "
    "where area_code = 'E22000002'",
}


@pytest.mark.parametrize("test", BETWEEN_MARTS)
def test_what_holds_between_marts_is_seen_when_it_does_not(
    tables: duckdb.DuckDBPyConnection, test: str
) -> None:
    assert found_by(tables, rendered(test)) == []
    assert found_by(tables, rendered(test), BETWEEN_MARTS[test]) != []
