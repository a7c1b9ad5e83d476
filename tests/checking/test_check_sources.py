from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.checkpoint import run_checkpoint
from expectations.registry import suite_of
from flows.checking import check_sources
from flows.checking.landing_tables import CatalogMissingError
from flows.data_folder import DataFolder
from flows.landing.inbox.files import printable
from flows.landing.inbox.quarantine import quarantine_name
from tests.judged_profiles import failed_by_source

pytestmark = pytest.mark.usefixtures("by_limits")

STREET = "a.zip!2018-07/2018-07-hamshire-street.csv"
OUTCOMES = "a.zip!2018-07/2018-07-hamshire-outcomes.csv"
STOPS = "a.zip!2018-07/2018-07-hamshire-stop-and-search.csv"

LANDING = f"""
create table loads (
    load_id varchar, source varchar, dataset varchar, file varchar, extract_date date,
    scope varchar, rows_read bigint, rows_loaded bigint, rows_rejected bigint,
    reader_version varchar
);
insert into loads values
    ('s1', 'police_uk', 'police_uk_street', '{STREET}', '2018-09-01', 'hamshire', 300, 300, 0, '1'),
    ('o1', 'police_uk', 'police_uk_outcomes', '{OUTCOMES}', '2018-09-01', 'hamshire', 2, 2, 0, '1'),
    ('e1', 'police_uk', 'police_uk_stop_and_search', '{STOPS}', '2018-09-01', 'hamshire', 0, 0, 0,
     '1'),
    ('p1', 'partner_returns', 'partner_returns', 'return.csv', '2018-10-01', '*', 2, 2, 0, '1');
create table coverage (
    load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,
    indicator_id varchar, period_start date, period_end date
);
insert into coverage values
    ('s1', 'police_uk', 'police_uk_street', '2018-09-01', 'hamshire', '*', '2018-07-01',
     '2018-07-31'),
    ('o1', 'police_uk', 'police_uk_outcomes', '2018-09-01', 'hamshire', '*', '2018-07-01',
     '2018-07-31'),
    ('e1', 'police_uk', 'police_uk_stop_and_search', '2018-09-01', 'hamshire', '*', '2018-07-01',
     '2018-07-31'),
    ('p1', 'partner_returns', 'partner_returns', '2018-10-01', 'Dudley', 'marac_repeat_rate',
     '2018-07-01', '2018-09-30');
create table profiles (
    _load_id varchar, source varchar, dataset varchar, file varchar, month varchar,
    column_name varchar, row_count bigint, null_count bigint
);
insert into profiles values
    ('s1', 'police_uk', 'police_uk_street', '{STREET}', '2018-07', 'crime_type', 300, 0),
    ('s1', 'police_uk', 'police_uk_street', '{STREET}', '2018-07', 'lsoa_code', 300, 9),
    ('o1', 'police_uk', 'police_uk_outcomes', '{OUTCOMES}', '2018-07', 'outcome_type', 2, 0),
    ('o1', 'police_uk', 'police_uk_outcomes', '{OUTCOMES}', '2018-07', 'lsoa_code', 2, 0),
    ('e1', 'police_uk', 'police_uk_stop_and_search', '{STOPS}', '', 'search_type', 0, 0);
create table police_uk_street as
select
    'Robbery' as crime_type, 'Under investigation' as last_outcome_category, 's1' as _load_id,
    date '2018-07-01' as month, range + 2 as _row_number
from range(300);
create table police_uk_outcomes as
select
    'Suspect charged' as outcome_type, 'o1' as _load_id, date '2018-07-01' as month,
    range + 2 as _row_number
from range(2);
create table police_uk_stop_and_search as
select
    'Person search' as search_type, 'e1' as _load_id, date '2018-07-01' as month,
    range + 2 as _row_number
from range(0);
create table partner_returns (
    area varchar, indicator_id varchar, period_start date, period_end date, numerator double,
    denominator double, value double, _load_id varchar, area_type varchar, comparator varchar,
    _row_number bigint, programme varchar
);
insert into partner_returns values
    ('Dudley', 'marac_repeat_rate', '2018-07-01', '2018-09-30', 8, 20, null, 'p1', null, null, 2,
    null),
    ('Dudley', 'marac_cases', '2018-07-01', '2018-09-30', 20, null, null, 'p1', null, null, 3,
    null);
"""

FILES = {
    "loads": "catalog/loads",
    "coverage": "catalog/coverage",
    "profiles": "profiles/all",
    "police_uk_street": "police_uk_street/all",
    "police_uk_outcomes": "police_uk_outcomes/all",
    "police_uk_stop_and_search": "police_uk_stop_and_search/all",
    "partner_returns": "partner_returns/all",
}

WRONGS = {
    "police_uk": {
        "rows_loaded": "update loads set rows_loaded = 0",
        "rows_unaccounted": "update loads set rows_read = 301",
        "rows_not_landed": "delete from police_uk_street where rowid = 0",
        "rejected_share": "update loads set rows_read = 311, rows_rejected = 11",
        "rows_rejected": "update loads set rows_read = 301, rows_rejected = 1",
        "indicators_missing": "update coverage set indicator_id = 'burglary' where load_id = 's1'",
        "rows_of_unknown_outcome": "update police_uk_outcomes set outcome_type = 'Forgiven'",
        "location_unknown_share": "update profiles set null_count = 31",
    },
    "partner_returns": {
        "rows_loaded": "update loads set rows_loaded = 0",
        "rows_unaccounted": "update loads set rows_read = 3",
        "rows_not_landed": "delete from partner_returns where numerator = 20",
        "rejected_share": "update loads set rows_read = 13, rows_rejected = 11",
        "rows_rejected": "update loads set rows_read = 3, rows_rejected = 1",
        "smallest_figure": "update partner_returns set value = -1",
        "proportions_above_one": "update partner_returns set numerator = 21",
        "periods_not_over": "update partner_returns set period_end = '2018-12-31'",
        "periods_in_no_table": "update partner_returns set period_start = '2007-07-01'",
        "periods_years_away": "update partner_returns set period_start = '2008-07-01', "
        "period_end = '2008-09-30' where numerator = 20",
        "areas_unknown": "update partner_returns set area = 'Northham'",
        "areas_of_two_levels": "update partner_returns set area = 'West Midlands'",
        "indicators_unknown": "update partner_returns set indicator_id = 'piracy'",
    },
}
CASES = [(source, slug, sql) for source, wrongs in WRONGS.items() for slug, sql in wrongs.items()]


@pytest.fixture
def land(tmp_path):
    """Write the landing, after a statement that makes it wrong; give its folder."""

    def write(wrong: str = "select 1") -> DataFolder:
        folder = DataFolder(tmp_path)
        folder.ensure()
        with duckdb.connect() as connection:
            connection.execute(LANDING)
            connection.execute(wrong)
            for table, name in FILES.items():
                file = folder.landing / f"{name}.parquet"
                file.parent.mkdir(exist_ok=True)
                connection.table(table).write_parquet(str(file))
                # landing leaves the columns of each dataset beside its loads
                if name.startswith("catalog/"):
                    continue
                schema = file.with_name("_schema.parquet")
                connection.table(table).limit(0).write_parquet(str(schema))
        return folder

    return write


def by_id(report):
    return {result.check_id: result for result in report.results}


def test_a_right_landing_passes_every_check(land):
    report = check_sources(land())
    assert [result for result in report.results if result.status != "passed"] == []
    assert len(report.results) > 20


def test_a_mistyped_year_of_a_return_is_named_with_its_line(land):
    wrong = "update partner_returns set period_start = '2008-07-01'"
    found = by_id(check_sources(land(f"{wrong} where numerator = 20")))
    told = found["source.partner_returns.periods_in_no_table"]
    assert told.severity == "warning"
    assert told.observed == "1 (line 3 (2008-07 to 2018-09)) in return.csv (1 of 1)"
    wrong += ", period_end = '2008-09-30' where numerator = 20"
    told = by_id(check_sources(land(wrong)))["source.partner_returns.periods_years_away"]
    assert told.observed == "1 (line 3 (2008-07 to 2008-09)) in return.csv (1 of 1)"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018-05-01", "2018-05-31"),
        ("2018-10-01", "2018-12-31"),
        ("2018-04-01", "2018-08-31"),
        ("2017-10-01", "2018-09-30"),
    ],
)
def test_periods_that_figures_are_published_for_are_in_a_table(land, start, end):
    dates = f"period_start = '{start}', period_end = '{end}'"
    found = by_id(check_sources(land(f"update partner_returns set {dates}")))
    assert found["source.partner_returns.periods_in_no_table"].status == "passed"


def test_an_unknown_area_is_named_with_its_line_and_what_it_is_nearly(land):
    report = check_sources(land("update partner_returns set area = 'Dudly' where numerator = 20"))
    found = by_id(report)["source.partner_returns.areas_unknown"]
    assert found.status == "failed"
    assert found.observed == ("1 ('Dudly' on line 3, did you mean Dudley?) in return.csv (1 of 1)")


def test_a_name_of_two_levels_is_named_with_its_line(land):
    wrong = "update partner_returns set area = 'West Midlands' where numerator = 20"
    found = by_id(check_sources(land(wrong)))["source.partner_returns.areas_of_two_levels"]
    assert found.observed == "1 ('West Midlands' on line 3) in return.csv (1 of 1)"


def test_an_unknown_indicator_is_named_with_its_lines_and_what_is_near_it(land):
    wrong = "update partner_returns set indicator_id = 'marac_case' where numerator = 20"
    found = by_id(check_sources(land(wrong)))["source.partner_returns.indicators_unknown"]
    assert found.observed == (
        "1 ('marac_case' on line 3, did you mean marac_cases?) in return.csv (1 of 1)"
    )


def test_every_expectation_of_a_source_has_a_wrong_here():
    """Those of the walking path; the suites of later sources are tested beside their readers."""
    asked = {
        source: {found.meta["slug"] for found in suite_of("sources", source).expectations}
        for source in WRONGS
    }
    assert asked == {source: set(wrongs) for source, wrongs in WRONGS.items()}


@pytest.mark.parametrize(("source", "slug", "wrong"), CASES, ids=[f"{s}.{c}" for s, c, _ in CASES])
def test_a_wrong_is_seen_in_the_landing_itself(source, slug, wrong, land):
    assert slug in failed_by_source(land(wrong))[source]


def test_great_expectations_fails_what_is_beyond_the_limits(land, monkeypatch):
    folder = land("update loads set rows_read = 311, rows_rejected = 11")
    by_limits = check_sources(folder).results
    monkeypatch.setattr("flows.checking.sources.run_checkpoint", run_checkpoint)
    results = check_sources(folder).results
    assert results == by_limits
    failed = {
        result.check_id
        for result in results
        if result.stage == "source" and result.status == "failed"
    }
    assert failed == {
        f"source.{source}.{slug}"
        for source, slugs in failed_by_source(folder).items()
        for slug in slugs
    }
    assert len(failed) == 6


def test_a_source_without_a_suite_of_its_own_is_held_to_what_every_load_is(land):
    report = check_sources(
        land("update loads set source = 'fires', rows_rejected = 1 where load_id = 'p1'")
    )
    found = {check: one.status for check, one in by_id(report).items() if ".fires." in check}
    assert found.pop("landing.fires.rejects") == "failed"
    assert {check.rpartition(".")[2]: status for check, status in found.items()} == {
        "rows_loaded": "passed",
        "rows_unaccounted": "failed",
        "rows_not_landed": "passed",
        "rejected_share": "passed",
        "rows_rejected": "failed",
        "areas_unknown": "passed",
        "areas_of_two_levels": "passed",
        "indicators_unknown": "passed",
    }


def test_a_load_without_a_profile_is_an_error_not_a_pass(land):
    report = check_sources(land("delete from profiles"))
    assert by_id(report)["source.police_uk.location_unknown_share"].status == "error"
    assert report.critical_failures


NEWER = f"""
update loads set rows_read = 600, rows_rejected = 300 where load_id = 's1';
insert into loads values ('s2', 'police_uk', 'police_uk_street', '{STREET}', '2018-11-01',
    'hamshire', 300, 300, 0, '1');
insert into coverage values ('s2', 'police_uk', 'police_uk_street', '2018-11-01', 'hamshire', '*',
    '2018-07-01', '2018-07-31');
insert into profiles select * replace ('s2' as _load_id, 300 as row_count, 0 as null_count)
    from profiles;
insert into police_uk_street
    select 'Robbery', null, 's2', date '2018-07-01', range + 2 from range(300);
"""


def test_a_corrected_file_under_a_newer_extract_date_settles_a_failure(land):
    assert check_sources(land(NEWER)).critical_failures == []


def test_as_at_an_earlier_date_the_earlier_file_is_judged(land):
    report = check_sources(land(NEWER), as_at=date(2018, 10, 15))
    assert by_id(report)["source.police_uk.rejected_share"].status == "failed"


def test_a_source_without_loads_has_no_checks(land):
    report = check_sources(land("delete from loads where source = 'partner_returns'"))
    assert not any(result.subject == "partner_returns" for result in report.results)


def test_without_a_catalog_the_next_step_is_said(tmp_path):
    with pytest.raises(CatalogMissingError, match="Next step"):
        check_sources(DataFolder(tmp_path))


def test_a_quarantined_file_warns_until_it_leaves_the_inbox(land):
    folder = land()
    aside = folder.quarantine / "police_uk" / "2018-09-01"
    inbox = folder.raw / "police_uk" / "2018-09-01" / "deep"
    for place in (aside, inbox):
        place.mkdir(parents=True)
    (aside / "bad.csv.reason.txt").write_text("line 2 reads Jane Doe")
    (inbox / "bad.csv").write_text("x")
    report = check_sources(folder)
    warning = by_id(report)["landing.police_uk.quarantine.2018-09-01.bad.csv"]
    assert warning in report.warnings
    assert "Jane" not in str(warning)
    (inbox / "bad.csv").unlink()
    assert by_id(check_sources(folder))["landing.quarantine"].status == "passed"


@pytest.mark.parametrize("copy", ["deep__bad.csv", "bad.csv", "deep__a.zip!2018-07__bad.csv"])
def test_copies_are_recognised_under_the_names_that_landing_gives_them(land, copy):
    folder = land()
    aside = folder.quarantine / "police_uk" / "2018-09-01"
    inbox = folder.raw / "police_uk" / "2018-09-01" / "deep"
    for place in (aside, inbox):
        place.mkdir(parents=True)
    (aside / f"{copy}.reason.txt").write_text("x")
    (inbox / "bad.csv").write_text("x")
    (inbox / "a.zip").write_text("x")
    assert f"landing.police_uk.quarantine.2018-09-01.{copy}" in by_id(check_sources(folder))


@pytest.mark.parametrize("name", [b"\xff\xfebad.csv", "head\u202eer.csv".encode(), b"a\x1b[2J.csv"])
def test_a_file_whose_name_no_text_can_hold_is_named_and_stops_nothing(land, name):
    folder = land()
    shown = printable(os.fsdecode(name))
    aside = folder.quarantine / "police_uk" / "2018-09-01"
    inbox = folder.raw / "police_uk" / "2018-09-01"
    for place in (aside, inbox):
        place.mkdir(parents=True)
    (aside / f"{quarantine_name(shown)}.reason.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(b"x")
    check = f"landing.police_uk.quarantine.2018-09-01.{quarantine_name(shown)}"
    assert by_id(check_sources(folder))[check].status == "failed"


def test_rejected_rows_are_counted_by_source(land):
    report = check_sources(
        land("update loads set rows_read = 301, rows_rejected = 1 where load_id = 's1'")
    )
    found = by_id(report)["landing.police_uk.rejects"]
    assert (found.status, found.observed, found.unexpected_count) == (
        "failed",
        "1 of 303 rows rejected",
        1,
    )


def test_results_of_the_marts_are_emptied_for_the_coming_build(land):
    folder = land()
    (folder.checks / "marts.parquet").write_bytes(b"of last night")
    check_sources(folder)
    files = str(folder.checks / "*.parquet")
    stages = duckdb.sql(f"select distinct stage from '{files}' order by 1").fetchall()
    assert stages == [("landing",), ("source",)]
