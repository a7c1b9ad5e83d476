from __future__ import annotations

import json

import duckdb
import pytest

from expectations.checkpoint import run_checkpoint
from expectations.registry import subjects, suite_of
from flows.checking import CheckFailedError, check_marts
from flows.checking.dbt_results import DbtResultsMissingError
from flows.checking.marts import mart_frame
from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse.build import BuildReport

# What is done to the small warehouse, and the check that must see it.
WRONGS = {
    "fct_indicator_values": {
        "rows": "delete from fct_indicator_values",
        "duplicate_keys": "insert into fct_indicator_values select * from fct_indicator_values "
        "limit 1",
        "null_keys": "update fct_indicator_values set area_code = null where area_type = 'csp'",
        "negative_values": "update fct_indicator_values set value = -1 where area_type = 'force'",
        "changes_not_a_difference": "update fct_indicator_values set change = change + 1",
        "changes_pct_wrong": "update fct_indicator_values set previous_value = 0, change = value",
        "complete_without_months": "update fct_indicator_values set months_supplied = 0",
        "incomplete_with_comparison": "update fct_indicator_values set is_complete = false",
        "rates_outside_interval": "update fct_indicator_values set rate_lower = rate + 1",
        "suppressed_with_figure": "update fct_indicator_values set is_suppressed = true, "
        "value = null",
        "complete_after_extract": "update fct_indicator_values set extract_date = '2018-07-15'",
        "force_months_not_adding_up": "update fct_indicator_values set value = 7 "
        "where area_code = 'E22000001'",
        "areas_missing": "delete from fct_indicator_values where area_code = 'E22000002'",
        "headlines_in_conflict": "insert into fct_indicator_values by name "
        "select * replace ('other' as source) from fct_indicator_values",
        "populations_out_of_date": "update fct_indicator_values set "
        "is_population_out_of_date = true",
        "period_types": "update fct_indicator_values set period_type = 'fortnight'",
        "area_types": "update fct_indicator_values set area_type = 'parish'",
        "polarities": "update fct_indicator_values set polarity = 'unknown'",
        "column_types": "alter table fct_indicator_values alter value type decimal(18, 3)",
    },
    "fct_family_ranks": {
        "rows": "delete from fct_family_ranks",
        "duplicate_keys": "insert into fct_family_ranks from fct_family_ranks",
        "null_keys": "update fct_family_ranks set scheme = null",
        "ranks_out_of_range": "update fct_family_ranks set rank = 3",
        "ranks_outside_interval": "update fct_family_ranks set rank_worst = 1",
        "ranks_without_rate": "update fct_family_ranks set rate = null",
        "members_above_family": "update fct_family_ranks set family_size = 1",
        "quartiles_out_of_range": "update fct_family_ranks set quartile = 5",
        "rates_negative": "update fct_family_ranks set family_mean_rate = -1",
        "column_types": "alter table fct_family_ranks alter rank type hugeint",
    },
    "fct_force_ranks": {
        "rows": "delete from fct_force_ranks",
        "duplicate_keys": "insert into fct_force_ranks from fct_force_ranks",
        "null_keys": "update fct_force_ranks set force_code = null",
        "rate_ranks_out_of_range": "update fct_force_ranks set rate_rank = 3 where rate_rank = 2",
        "change_ranks_out_of_range": "update fct_force_ranks set change_rank = 0",
        "ranks_without_figure": "update fct_force_ranks set rate = null",
        "leagues_without_first": "update fct_force_ranks set rate_rank = 2",
        "areas_ranked_wrong": "update fct_force_ranks set areas_ranked = 5",
        "column_types": "alter table fct_force_ranks alter rate_rank type integer",
    },
    "dim_areas": {
        "rows": "delete from dim_areas",
        "duplicate_keys": "insert into dim_areas from dim_areas",
        "null_keys": "update dim_areas set area_name = null",
        "partnerships_without_force": "update dim_areas set force_code = null",
        "forces_unknown": "delete from dim_areas where area_type = 'force'",
        "names_in_conflict": "update dim_areas set area_name = 'Northham'",
        "home_areas": "update dim_areas set is_home_area = false",
        "area_types": "update dim_areas set area_type = 'parish'",
        "column_types": "alter table dim_areas add column size ubigint",
    },
    "dim_indicators": {
        "rows": "delete from dim_indicators",
        "duplicate_keys": "insert into dim_indicators from dim_indicators",
        "null_keys": "update dim_indicators set unit = null",
        "rates_per_nothing": "update dim_indicators set rate_per = 0",
        "parents_unknown": "update dim_indicators set parent_indicator_id = 'crime'",
        "indicators_undefined": "update dim_indicators set definition = ' '",
        "polarities": "update dim_indicators set polarity = 'unknown'",
        "column_types": "alter table dim_indicators alter rate_per type integer",
    },
    "rpt_scorecard": {
        "rows": "delete from rpt_scorecard",
        "duplicate_keys": "insert into rpt_scorecard from rpt_scorecard",
        "null_keys": "update rpt_scorecard set area_code = null",
        "lines_not_in_values": "update rpt_scorecard set value = value + 1",
        "incomplete_with_comparison": "update rpt_scorecard set is_complete = false",
        "suppressed_with_figure": "update rpt_scorecard set is_suppressed = true, value = null",
        "column_types": "alter table rpt_scorecard alter value type float",
    },
    "rpt_coverage": {
        "rows": "delete from rpt_coverage",
        "duplicate_keys": "insert into rpt_coverage from rpt_coverage",
        "null_keys": "update rpt_coverage set scope = null",
        "periods_backwards": "update rpt_coverage set period_end = '2018-06-30'",
        "supplied_without_extract": "update rpt_coverage set extract_date = null",
        "rows_unaccounted": "update rpt_coverage set rows_loaded = 9",
        "sources_missing": "update rpt_coverage set source = 'partner_returns'",
        "months_missing": "update rpt_coverage set is_supplied = false",
        "column_types": "alter table rpt_coverage alter vintages type integer",
    },
    "every_mart": {
        "suppressed_with_figure": "update fct_harm set is_suppressed = true",
        "shares_outside_0_to_100": "update fct_neighbourhoods set share_of_csp_pct = 101",
        "figures_outside_interval": "update fct_partner_values set value = 16",
        "ranks_out_of_range": "update fct_rank_changes set rank = 16",
        "figures_impossible": "update fct_grant_lines set underspend = 701",
    },
}
# The suite of many marts sees each of them: a wrong more for every one and every column.
WRONGS_OF_EVERY_MART = [
    ("suppressed_with_figure", "fct_control_charts", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_seasonality", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_trends", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_forecasts", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_funnel", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_funnel", "is_benchmark_suppressed = true"),
    ("suppressed_with_figure", "fct_harm", "is_severity_suppressed = true"),
    ("suppressed_with_figure", "fct_outcomes", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_marac_breakdowns", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_repeat_locations", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_partner_values", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_rank_changes", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_headline_sensitivity", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_revisions", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_reporting_or_harm", "is_suppressed = true"),
    ("suppressed_with_figure", "fct_reporting_or_harm", "is_severity_suppressed = true"),
    ("shares_outside_0_to_100", "fct_harm", "weighted_share_pct = -1"),
    ("shares_outside_0_to_100", "fct_outcomes", "undecided_pct = 101"),
    ("shares_outside_0_to_100", "fct_reporting_or_harm", "positive_outcome_rate = 101"),
    ("figures_outside_interval", "fct_control_charts", "mean = 11"),
    ("figures_outside_interval", "fct_seasonality", "expected_lower = 8"),
    ("figures_outside_interval", "fct_trends", "p_value = 1.5"),
    ("figures_outside_interval", "fct_forecasts", "forecast = 7"),
    ("figures_outside_interval", "fct_funnel", "lower_3_sigma = 4"),
    ("figures_outside_interval", "fct_outcomes", "rate_lower = 26"),
    ("figures_outside_interval", "fct_reporting_or_harm", "positive_outcome_rate_upper = 24"),
    ("ranks_out_of_range", "fct_seasonality", "rank_from_highest = 4"),
    ("ranks_out_of_range", "fct_funnel", "areas_pooled = 8"),
    ("ranks_out_of_range", "fct_headline_sensitivity", "force_rank = 8"),
    ("ranks_out_of_range", "fct_neighbourhoods", "rank_in_csp = 0"),
    ("ranks_out_of_range", "fct_revisions", "vintage_number = 0"),
    ("figures_impossible", "fct_control_charts", "value = -1"),
    ("figures_impossible", "fct_seasonality", "value = -1"),
    ("figures_impossible", "fct_trends", "last_value = -1"),
    ("figures_impossible", "fct_forecasts", "forecast_lower = -1"),
    ("figures_impossible", "fct_funnel", "rate = -1"),
    ("figures_impossible", "fct_harm", "severity = -1"),
    ("figures_impossible", "fct_outcomes", "positive_outcomes = 9"),
    ("figures_impossible", "fct_marac_breakdowns", "counted = -1"),
    ("figures_impossible", "fct_repeat_locations", "repeat_locations = 7"),
    ("figures_impossible", "fct_stop_and_search", "searches_with_linked_outcome = 10"),
    ("figures_impossible", "fct_partner_values", "numerator = -1"),
    ("figures_impossible", "fct_rank_changes", "rate = -1"),
    ("figures_impossible", "fct_headline_sensitivity", "value = -1"),
    ("figures_impossible", "fct_neighbourhoods", "rate = -1"),
    ("figures_impossible", "fct_revisions", "current_figure = 6"),
    ("figures_impossible", "fct_reporting_or_harm", "severity = -1"),
]
CASES = [(mart, slug, wrong) for mart, wrongs in WRONGS.items() for slug, wrong in wrongs.items()]

MANIFEST = {
    "nodes": {
        "test.p.not_null_x.1": {
            "name": "not_null_x",
            "description": "No x is empty.",
            "attached_node": "model.p.dim_areas",
            "config": {"severity": "ERROR"},
        },
        "test.p.shrunk.2": {"name": "shrunk", "config": {"severity": "warn"}},
        "test.p.skipped.3": {"name": "skipped", "config": {"severity": "warn"}},
    },
    "unit_tests": {"unit_test.p.m.u": {"name": "u", "model": "m"}},
}


def dbt_results(target, **statuses):
    """Write dbt's two files, a result per test of MANIFEST."""
    run = {"test.p.not_null_x.1": "pass", "test.p.shrunk.2": "pass", "unit_test.p.m.u": "pass"}
    run |= {"model.p.dim_areas": "success"} | statuses
    target.mkdir(exist_ok=True)
    (target / "manifest.json").write_text(json.dumps(MANIFEST))
    results = [
        {
            "unique_id": name,
            "status": status,
            "failures": int(status in {"fail", "warn"}) * 3,
            "message": "a row reads Jane Doe",
        }
        for name, status in run.items()
    ]
    (target / "run_results.json").write_text(json.dumps({"results": results}))


@pytest.fixture
def check(tmp_path, warehouse):
    """Check the warehouse as it now is."""

    def run(**statuses):
        dbt_results(tmp_path / "target", **statuses)
        report = check_marts(
            DataFolder(tmp_path),
            Settings(),
            BuildReport(target_path=tmp_path / "target", seconds=1),
        )
        return report, {result.check_id: result for result in report.results}

    return run


def test_a_right_warehouse_passes_every_check(check):
    report, _ = check()
    assert [result for result in report.results if result.status != "passed"] == []
    report.raise_if_critical()


def test_every_expectation_of_a_mart_has_a_wrong_here():
    asked = {
        mart: {found.meta["slug"] for found in suite_of("marts", mart).expectations}
        for mart in subjects("marts")
        if mart != "last_publication"  # what it sees is in test_gates.py
    }
    assert asked == {mart: set(wrongs) for mart, wrongs in WRONGS.items()}


@pytest.mark.parametrize(("mart", "slug", "wrong"), CASES, ids=[f"{m}.{s}" for m, s, _ in CASES])
def test_a_wrong_is_seen_in_the_table_itself(mart, slug, wrong, warehouse):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(wrong)
        frame = mart_frame(connection, mart)
    results = {result.check_id: result for result in run_checkpoint("marts", {mart: frame})}
    assert results[f"mart.{mart}.{slug}"].status == "failed"


@pytest.mark.parametrize(("column", "mart", "wrong"), WRONGS_OF_EVERY_MART)
def test_the_suite_of_many_marts_counts_a_wrong_in_each(column, mart, wrong, warehouse):
    with duckdb.connect(str(warehouse)) as connection:
        before = mart_frame(connection, "every_mart").set_index("mart")
        connection.execute(f"update {mart} set {wrong}")
        after = mart_frame(connection, "every_mart").set_index("mart")
    assert before.loc[mart, column] == 0
    assert after.loc[mart, column] == 1
    assert after.drop(index=mart).equals(before.drop(index=mart))


def test_a_missing_mart_is_an_error_that_stops_publication(spoil, check):
    spoil("drop table rpt_scorecard")
    report, results = check()
    assert results["mart.rpt_scorecard.frame"].status == "error"
    assert "rpt_scorecard" in results["mart.rpt_scorecard.frame"].observed
    with pytest.raises(CheckFailedError):
        report.raise_if_critical()


def test_the_message_names_what_was_observed_expected_and_next(spoil, check):
    spoil("insert into dim_areas select * from dim_areas where area_type = 'csp'")
    report, _ = check()
    with pytest.raises(CheckFailedError) as raised:
        report.raise_if_critical()
    said = str(raised.value)
    assert "mart.dim_areas.duplicate_keys" in said
    assert "observed: 2 in dim_areas" in said
    assert "expected: duplicate_keys at most 0" in said
    assert "next step: Correct data/seeds/areas.csv" in said


def test_dbt_tests_keep_their_severity_and_quote_no_row(check):
    report, results = check(
        **{"test.p.not_null_x.1": "fail", "test.p.shrunk.2": "warn", "test.p.skipped.3": "skipped"}
    )
    failed = results["build.test.p.not_null_x.1"]
    assert (failed.severity, failed.status, failed.unexpected_count) == ("critical", "failed", 3)
    assert (failed.subject, failed.description) == ("dim_areas", "No x is empty.")
    assert results["build.test.p.shrunk.2"] in report.warnings
    assert results["build.test.p.skipped.3"].status == "error"
    assert results["build.test.p.skipped.3"] in report.critical_failures
    assert results["build.unit_test.p.m.u"].status == "passed"
    assert not any("Jane" in result.observed for result in report.results)


def test_missing_dbt_results_are_said(tmp_path, warehouse):
    with pytest.raises(DbtResultsMissingError, match=r"run_results\.json"):
        check_marts(DataFolder(tmp_path), Settings(), BuildReport(target_path=tmp_path, seconds=1))


def test_files_have_the_columns_of_rpt_checks_and_repeat_exactly(check, tmp_path):
    first, _ = check()
    files = DataFolder(tmp_path).checks
    before = {name: (files / name).read_bytes() for name in ("marts.parquet", "dbt.parquet")}
    second, _ = check()
    assert first == second
    assert before == {name: (files / name).read_bytes() for name in before}
    columns = duckdb.sql(f"describe select * from '{files}/marts.parquet'").fetchall()
    assert [(name, kind) for name, kind, *_ in columns] == [
        *(
            (name, "VARCHAR")
            for name in (
                "check_id",
                "stage",
                "tool",
                "subject",
                "description",
                "severity",
                "status",
                "observed",
                "expected",
            )
        ),
        ("unexpected_count", "BIGINT"),
    ]
    assert (files / "marts.parquet").stat().st_mode & 0o777 == 0o600


def test_the_first_page_links_every_suite_and_needs_no_network(check, tmp_path):
    check()
    checks = tmp_path / "reports" / "checks"
    page = (checks / "index.html").read_text()
    assert "mart.dim_areas.duplicate_keys" in page
    assert "http" not in page
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    # the comparison with the last publication has a page too
    assert len(links) == len(WRONGS) + 1
    assert all((checks / link).is_file() for link in links)
