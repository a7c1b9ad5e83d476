"""The gates: each wrong supply is seen, and only a named failure with its reason may pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.checkpoint import run_checkpoint
from expectations.results import CheckResult, Status
from flows.checking.frame import build_frame
from flows.checking.let_through import let_through
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.data_folder import DataFolder

SUPPLY = """
create table all_loads (load_id varchar, source varchar, dataset varchar, scope varchar,
    extract_date date);
create table all_profiles (_load_id varchar, month varchar, row_count bigint);
create table record_datasets as select 'police_uk_street' as dataset;
create table deliveries (load_id varchar, extract_date date);
create table run_day as select date '2019-01-02' as day;
create table thin_months (load_id varchar, month varchar, lines varchar);
insert into all_loads select 'm' || n, 'police_uk', 'police_uk_street', 'hamshire', '2018-12-01'
    from range(1, 10) t(n);
insert into all_profiles select 'm' || n, '2018-0' || n, 1000 + 10 * n from range(1, 10) t(n);
insert into deliveries select load_id, extract_date from all_loads;
"""
THIN = "insert into thin_months values ('m5', '2018-05', 'line 201');"
AGAIN = """
insert into all_loads select 'n' || load_id, source, dataset, scope, '2018-12-20' from all_loads;
insert into all_profiles select 'n' || _load_id, month, row_count from all_profiles;
insert into deliveries select load_id, extract_date from all_loads where load_id like 'n%';
"""
WRONGS = {
    "supply_months.volume_ratio": "update all_profiles set row_count = 100 where month = '2018-05'",
    "supply_months.volume_robust_z": "update all_profiles set row_count = 1900 "
    "where month = '2018-05'",
    "supply_months.kept_share": AGAIN
    + "update all_profiles set row_count = 500 where _load_id = 'nm5'",
    "supply_months.months_after_extract": "update all_profiles set month = '2019-02' "
    "where month = '2018-09'",
    "supply_months.months_before_1990": "update all_profiles set month = '1918-09' "
    "where month = '2018-09'",
    "supply_extracts.bytes_repeated": "insert into deliveries "
    "select load_id, '2018-12-24' from all_loads",
    "supply_extracts.counts_repeated": AGAIN,
    "supply_extracts.extract_in_future": "update deliveries set extract_date = '2030-01-01'",
}


def supply_results(wrong: str) -> dict[str, CheckResult]:
    with duckdb.connect() as connection:
        connection.execute(SUPPLY)
        connection.execute(wrong)
        frames = {
            name: build_frame(connection, "sources", name)
            for name in ("supply_months", "supply_extracts")
        }
    return {found.check_id: found for found in run_checkpoint("sources", frames)}


@pytest.mark.parametrize(
    ("check", "wrong", "observed"),
    [
        (
            "volume_ratio",
            THIN + "update all_profiles set row_count = 1 where month = '2018-05'",
            "(1 of usually 1,050, on line 201) in police_uk_street hamshire 2018-05 (1 of 9)",
        ),
        (
            "volume_ratio",
            "update all_profiles set row_count = 199 where month = '2018-05'",
            "(199 of usually 1,050) in police_uk_street hamshire 2018-05 (1 of 9)",
        ),
        (
            "kept_share",
            AGAIN
            + "insert into thin_months values ('nm5', '2018-05', 'line 201');"
            + "update all_profiles set row_count = 1 where _load_id = 'nm5'",
            "(1 of 1,050, on line 201) in police_uk_street hamshire 2018-05 (1 of 9)",
        ),
        (
            "months_before_1990",
            "insert into thin_months values ('m9', '1918-09', 'lines 3, 4');"
            "update all_profiles set month = '1918-09' where month = '2018-09'",
            "1 (lines 3, 4) in police_uk_street hamshire 1918-09 (1 of 9)",
        ),
    ],
)
def test_a_month_is_named_with_its_records_and_their_lines(
    check: str, wrong: str, observed: str
) -> None:
    found = supply_results(wrong)[f"source.supply_months.{check}"]
    assert found.observed.endswith(observed)


def test_a_usual_supply_passes() -> None:
    assert {found.status for found in supply_results("select 1").values()} == {"passed"}


@pytest.mark.parametrize(("check", "wrong"), WRONGS.items(), ids=list(WRONGS))
def test_a_wrong_supply_is_seen(check: str, wrong: str) -> None:
    assert supply_results(wrong)[f"source.{check}"].status == "failed"


FIGURES = """
create table published_figures as
select 'police_uk' as source, 'robbery' as indicator_id, area_code, 'csp' as area_type,
    'month' as period_type, date '2018-07-01' as period_start, date '2018-07-31' as period_end,
    true as is_complete, 100.0 as value
from (values ('E22000001'), ('E22000002')) a (area_code);
create table new_figures as from published_figures;
"""
LOST = {
    "areas_lost": (
        "delete from new_figures where area_code = 'E22000002'",
        "1 in E22000002 of police_uk (1 of 2)",
    ),
    "months_halved": (
        "update new_figures set value = 49 where area_code = 'E22000002'",
        "0.49 in robbery of E22000002 in July 2018 (1 of 2)",
    ),
    "months_doubled": (
        "update new_figures set value = 201",
        "2.01 in robbery of E22000001 in July 2018; 2.01 in robbery of E22000002 in July 2018 "
        "(2 of 3)",
    ),
}


def compared(statement: str) -> dict[str, CheckResult]:
    """The comparison after a statement, by the checks' own names."""
    with duckdb.connect() as connection:
        connection.execute(FIGURES)
        connection.execute(statement)
        frame = build_frame(connection, "marts", "last_publication")
    results = run_checkpoint("marts", {"last_publication": frame})
    return {found.check_id.rsplit(".", 1)[1]: found for found in results}


@pytest.mark.parametrize("slug", LOST)
def test_what_would_vanish_from_the_publication_is_seen(slug: str) -> None:
    statement, observed = LOST[slug]
    results = compared(statement)
    assert {name for name, found in results.items() if found.status == "failed"} == {slug}
    assert results[slug].observed == observed


@pytest.mark.parametrize("value", [100, 50, 200])
def test_half_and_double_are_still_let_pass(value: int) -> None:
    results = compared(f"update new_figures set value = {value}")
    assert {found.status for found in results.values()} == {"passed"}


def result(check_id: str, status: Status = "failed") -> CheckResult:
    return CheckResult(
        check_id,
        "source",
        "gx",
        "s",
        "As usual.",
        "critical",
        status,
        "seen",
        "x",
        1,
    )


def test_only_the_named_failure_passes_and_its_reason_stays_written(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path, as_at=date(2018, 8, 1))
    folder.ensure()
    found = [result("a"), result("b"), result("c", "error")]
    write_results(folder.checks / "sources.parquet", found)
    report, passed = let_through(folder, CheckReport(found), {"a": "strike", "c": "no"})
    assert [(one.check_id, one.reason) for one in passed] == [("a", "strike")]
    assert [one.status for one in report.results] == ["failed", "failed", "error"]
    written = duckdb.read_parquet(str(folder.checks / "sources.parquet")).fetchall()
    assert [(row[0], row[4], row[5], row[6]) for row in written] == [
        ("a", "As usual. Let through: strike", "critical", "failed"),
        ("b", "As usual.", "critical", "failed"),
        ("c", "As usual.", "critical", "error"),
    ]
