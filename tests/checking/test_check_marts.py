from __future__ import annotations

import json

import duckdb
import pytest

from expectations.registry import subjects
from flows.checking import check_marts
from flows.checking.dbt_results import DbtResultsMissingError
from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse.build import BuildReport

MANIFEST = {
    "nodes": {
        "test.p.not_null_x.1": {
            "name": "not_null_x",
            "description": "No x is empty.",
            "attached_node": "model.p.dim_areas",
            "config": {"severity": "ERROR"},
        },
        "test.p.dim_areas_rules.4": {
            "name": "dim_areas_rules",
            "attached_node": "model.p.dim_areas",
            "config": {"meta": {"next_step": "Correct data/seeds/areas.csv."}},
            "test_metadata": {
                "name": "rules_hold",
                "kwargs": {"rules": {"there_are_areas": {}, "every_area_has_a_name": {}}},
            },
        },
        "test.p.shrunk.2": {"name": "shrunk", "config": {"severity": "warn"}},
        "test.p.skipped.3": {"name": "skipped", "config": {"severity": "warn"}},
    },
    "unit_tests": {"unit_test.p.m.u": {"name": "u", "model": "m"}},
}


def dbt_results(target, **statuses):
    """Write dbt's two files, a result per test of MANIFEST."""
    run = {"test.p.not_null_x.1": "pass", "test.p.shrunk.2": "pass", "unit_test.p.m.u": "pass"}
    run |= {"model.p.dim_areas": "success", "test.p.dim_areas_rules.4": "pass"} | statuses
    target.mkdir(exist_ok=True)
    (target / "manifest.json").write_text(json.dumps(MANIFEST))
    results = [
        {
            "unique_id": name,
            "status": status,
            "failures": int(status in {"fail", "warn"}) * 3,
            "message": "a row reads Jane Doe",
            "compiled_code": "select * from (select 'every_area_has_a_name', count(*) "
            "filter (where area_name is null) as rows from dim_areas) where rows > 0",
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


def test_a_missing_mart_is_an_error_that_stops_publication(spoil, check):
    spoil("drop table fct_indicator_values")
    report, results = check()
    assert results["mart.denominators.frame"].status == "error"
    assert "fct_indicator_values" in results["mart.denominators.frame"].observed
    assert results["mart.denominators.frame"] in report.critical_failures


def test_an_old_population_is_named_in_a_warning(spoil, check):
    spoil("update fct_indicator_values set is_population_out_of_date = true")
    report, results = check()
    warning = results["mart.denominators.figures_out_of_date"]
    assert warning in report.warnings
    assert warning.observed == (
        "4 in residents of 2017 in figures up to July 2018 (4 areas) (1 of 2)"
    )


def test_a_figure_without_a_rate_is_over_no_old_population(spoil, check):
    spoil(
        "update fct_indicator_values set is_population_out_of_date = true;"
        "update fct_indicator_values set rate = null, is_complete = false"
    )
    _, results = check()
    assert results["mart.denominators.figures_out_of_date"].status == "passed"


def test_a_failure_names_what_was_observed_expected_and_next(spoil, check):
    spoil("update dim_areas set area_name = null where area_type = 'csp'")
    report, results = check(**{"test.p.dim_areas_rules.4": "fail"})
    assert results["build.dim_areas.there_are_areas"].status == "passed"
    (failed,) = report.critical_failures
    assert (failed.check_id, failed.status, failed.description) == (
        "build.dim_areas.every_area_has_a_name", "failed", "Every area has a name.",
    )  # fmt: skip
    assert failed.observed.startswith("2 rows")
    assert failed.expected == "0 rows that break the rule"
    assert failed.next_step.startswith("Correct data/seeds/areas.csv")


def test_a_rule_names_what_breaks_it_each_once(spoil, check, monkeypatch):
    rules = MANIFEST["nodes"]["test.p.dim_areas_rules.4"]["test_metadata"]["kwargs"]["rules"]
    named = {"every_row": "area_name is not null", "named_by": "'an area of type ' || area_type"}
    monkeypatch.setitem(rules, "every_area_has_a_name", named)
    spoil("update dim_areas set area_name = null where area_type = 'csp'")
    report, _ = check(**{"test.p.dim_areas_rules.4": "fail"})
    (failed,) = report.critical_failures
    assert failed.observed == "2 rows: an area of type csp"


def test_a_rule_of_a_model_that_is_no_mart_is_read_in_its_schema(spoil, check, monkeypatch):
    rules = MANIFEST["nodes"]["test.p.dim_areas_rules.4"]["test_metadata"]["kwargs"]["rules"]
    named = {"every_row": "is_right", "named_by": "'the figure of ' || area_name"}
    monkeypatch.setitem(rules, "every_area_has_a_name", named)
    model = {"schema": "intermediate", "name": "dim_areas"}
    monkeypatch.setitem(MANIFEST["nodes"], "model.p.dim_areas", model)
    spoil(
        "create schema intermediate; create table intermediate.dim_areas as "
        "select 'Northham' as area_name, false as is_right;"
        "update dim_areas set area_name = null where area_type = 'csp'"
    )
    report, _ = check(**{"test.p.dim_areas_rules.4": "fail"})
    (failed,) = report.critical_failures
    assert failed.observed == "2 rows: the figure of Northham"


def test_rules_of_a_test_that_dbt_did_not_run_are_errors(check):
    report, results = check(**{"test.p.dim_areas_rules.4": "skipped"})
    ids = {f"build.dim_areas.{rule}" for rule in ("there_are_areas", "every_area_has_a_name")}
    assert {result.check_id for result in report.critical_failures} == ids
    assert {results[check_id].status for check_id in ids} == {"error"}


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
    assert "build.dim_areas.there_are_areas" in page
    assert "http" not in page
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert len(links) == len(subjects("marts"))
    assert all((checks / link).is_file() for link in links)
