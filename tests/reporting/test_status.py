from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.data_folder import DataFolder
from flows.night import history
from flows.night.summary import NightSummary, StepTime
from flows.publishing.lock import schedule_lock
from flows.reporting.schedule_status import read_schedule_status
from flows.reporting.status import read_status
from flows.scheduling.due_times import last_due
from flows.scheduling.known_schedule import KnownSchedule
from flows.scheduling.scheduled_runs import noted


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    from flows.landing.ledger.load_records import LoadRecord, write_record
    from flows.landing.reader import Coverage

    folder = DataFolder(tmp_path)
    folder.raw.mkdir()
    folder.ensure()
    for load_id, month, rejected in (("a" * 64, 1, 0), ("b" * 64, 4, 2)):
        end = date(2018, month, 28)
        write_record(
            folder,
            LoadRecord(
                load_id=load_id, source="police_uk", dataset="police_uk_street",
                file=f"2018-0{month}-west-yorkshire-street.csv", extract_date=date(2018, month, 28),
                scope="west-yorkshire",
                coverage=(Coverage("west-yorkshire", "*", date(2018, month, 1), end),),
                rows_read=10, rows_loaded=10 - rejected, rows_rejected=rejected, reader="street",
                reader_version="1", sha256=load_id, bytes=100, landed_at="2018-05-01T00:00:00Z",
                encoding="utf-8", named_for="",
            ),
        )  # fmt: skip
    (folder.landing / "rejects").mkdir(exist_ok=True)
    duckdb.sql(
        f"""copy (
            select '{"b" * 64}' as _load_id, 'f.csv' as file, line::bigint as line,
                'month' as column_name, 'no month' as reason, 'Secret Person' as raw_text
            from (values (7), (5)) as rejected (line)
        ) to '{folder.landing / "rejects" / ("b" * 64)}.parquet' (format parquet)"""
    )
    bad = folder.quarantine / "police_uk" / "2018-04-28"
    bad.mkdir(parents=True)
    (bad / "broken.csv").write_text("Secret Person")
    (bad / "broken.csv.reason.txt").write_text("the header lacks Month\nNext: ask again\n")
    night = NightSummary(run_id="r", pid=1, started="2018-05-01T02:00:00+00:00")
    night.outcome, night.failed_step = "failed", "build"
    night.steps = [StepTime("land", 1.25, "done"), StepTime("build", 7.0, "failed")]
    history.remember(folder, night)
    return folder


def test_loads_rejects_gaps_and_nights_are_read(folder: DataFolder) -> None:
    status = read_status(folder, nights=5)
    [source] = status.sources
    assert (source.files, source.rows_loaded, source.rows_rejected) == (2, 18, 2)
    assert source.newest_extract == date(2018, 4, 28)
    [coverage] = status.coverage
    assert coverage.missing == ["2018-02", "2018-03"]
    [rejects] = status.rejects
    assert (rejects.column, rejects.rows, rejects.first_line) == ("month", 2, 5)
    [refused] = status.refused
    assert refused.file == "police_uk/2018-04-28/broken.csv"
    assert refused.reason == "the header lacks Month"
    assert status.nights[0]["step_seconds"] == {"land": 1.25, "build": 7.0}


def test_a_list_that_holds_at_any_time_covers_no_months(folder: DataFolder) -> None:
    from flows.landing.ledger.load_records import LoadRecord, write_record
    from flows.landing.reader import Coverage

    always = Coverage("own indicators", "business_robbery", date(1900, 1, 1), date.max)
    write_record(
        folder,
        LoadRecord(
            load_id="c" * 64, source="indicators", dataset="own_indicators", file="own.csv",
            extract_date=date(2018, 4, 1), scope="own indicators", coverage=(always,),
            rows_read=1, rows_loaded=1, rows_rejected=0, reader="indicators", reader_version="1",
            sha256="c" * 64, bytes=100, landed_at="2018-05-01T00:00:00Z", encoding="utf-8",
            named_for="",
        ),
    )  # fmt: skip
    status = read_status(folder, nights=5)
    assert [one.source for one in status.sources] == ["indicators", "police_uk"]
    assert [one.source for one in status.coverage] == ["police_uk"]


@pytest.mark.parametrize("source", ["commentary", "targets"])
def test_what_a_partnership_writes_or_aims_at_lacks_no_months(
    folder: DataFolder, source: str
) -> None:
    """Commentary for the papers of March and September; Dudley wrote for March alone."""
    from flows.landing.ledger.load_records import LoadRecord, write_record
    from flows.landing.reader import Coverage

    march, september = (date(2025, month, 1) for month in (3, 9))
    texts = (
        Coverage("Leeds", source, march, date(2025, 3, 31)),
        Coverage("Leeds", source, september, date(2025, 9, 30)),
        Coverage("Dudley", source, march, date(2025, 3, 31)),
    )
    write_record(
        folder,
        LoadRecord(
            load_id="e" * 64, source=source, dataset=source, file="a.csv",
            extract_date=date(2025, 10, 1), scope="Leeds", coverage=texts, rows_read=3,
            rows_loaded=3, rows_rejected=0, reader=source, reader_version="1", sha256="e" * 64,
            bytes=100, landed_at="2025-10-01T00:00:00Z", encoding="utf-8", named_for="",
        ),
    )  # fmt: skip
    found = [one for one in read_status(folder, nights=5).coverage if one.source == source]
    assert sorted(one.first + " " + one.last for one in found) == [
        "2025-03 2025-03",
        "2025-03 2025-09",
    ]
    assert [one.missing + one.missing_at_end for one in found] == [[], []]


def test_a_stated_period_of_years_supplies_no_month(folder: DataFolder) -> None:
    """July 2007 to September 2025 is a mistyped year; a year's figure supplies its months."""
    from flows.landing.ledger.load_records import LoadRecord, write_record
    from flows.landing.reader import Coverage

    stated = (
        Coverage("Dudley", "youth_reoffending", date(2007, 7, 1), date(2025, 9, 30)),
        # however a row writes the area, it is one
        Coverage("DUDLEY ", "opiate_completions", date(2024, 4, 1), date(2024, 6, 30)),
        Coverage("E08000027", "marac_cases", date(2024, 10, 1), date(2025, 9, 30)),
    )
    write_record(
        folder,
        LoadRecord(
            load_id="d" * 64, source="partner_returns", dataset="partner_returns",
            file="return.csv", extract_date=date(2025, 10, 1), scope="Dudley", coverage=stated,
            rows_read=3, rows_loaded=3, rows_rejected=0, reader="partner_returns",
            reader_version="1", sha256="d" * 64, bytes=100, landed_at="2025-10-01T00:00:00Z",
            encoding="utf-8", named_for="",
        ),
    )  # fmt: skip
    coverage = read_status(folder, nights=5).coverage
    (found,) = [one for one in coverage if one.source == "partner_returns"]
    assert found.scopes == ["Dudley"]
    assert (found.first, found.last, found.supplied) == ("2024-04", "2025-09", 15)
    assert found.missing == ["2024-07", "2024-08", "2024-09"]


def test_the_command_shows_all_of_it_and_no_content(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CSP_DATA", raising=False)
    done = CliRunner().invoke(application, ["status", "--data", str(folder.root)])
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    for expected in ("nothing yet in", "police_uk 2018-04-28 stale:", "west-yorkshire",
                     "2018-02", "broken.csv: the header lacks Month", "failed at build",
                     "land 1.2, build 7.0"):  # fmt: skip
        assert expected in words, expected
    assert "Secret Person" not in done.output


def test_a_folder_without_a_night_has_an_empty_status(tmp_path: Path) -> None:
    status = read_status(DataFolder(tmp_path), nights=5)
    assert (status.sources, status.coverage, status.nights) == ([], [], [])


NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def scheduled(folder: DataFolder) -> DataFolder:
    """A folder whose schedule was served some time ago."""
    KnownSchedule("0 2 * * *", "Europe/London", "http://127.0.0.1:4269/api", DUE).write(folder)
    return folder


def test_a_folder_that_was_never_scheduled_says_so(folder: DataFolder) -> None:
    assert read_schedule_status(folder, NOW) is None
    done = CliRunner().invoke(application, ["status", "--data", str(folder.root)])
    assert "`csp schedule` was never started" in " ".join(done.output.split())


def test_the_next_and_the_last_due_run_are_told(scheduled: DataFolder) -> None:
    with noted(scheduled, DUE) as note:
        note.outcome = "nothing_new"
    with schedule_lock(scheduled):
        found = read_schedule_status(scheduled, NOW)
    assert found is not None
    assert (found.next_due, found.last_due) == (datetime(2026, 11, 22, 2, tzinfo=UTC), DUE)
    assert found.is_served
    assert found.last_run is not None
    assert (found.last_run.outcome, found.missed) == ("nothing_new", 0)


def test_a_schedule_that_is_not_served_and_the_run_it_missed_are_told(
    scheduled: DataFolder,
) -> None:
    found = read_schedule_status(scheduled, NOW)
    assert found is not None
    assert not found.is_served
    assert found.last_run is not None
    assert (found.last_run.outcome, found.last_run.reason) == (
        "missed", "`csp schedule` was not running",
    )  # fmt: skip
    done = CliRunner().invoke(application, ["status", "--data", str(scheduled.root)])
    words = " ".join(done.output.split())
    assert "cron 0 2 * * *: not served, no run will start: start `csp schedule`" in words
    assert "did not run: `csp schedule` was not running" in words


def test_a_run_that_has_just_become_due_is_about_to_start(scheduled: DataFolder) -> None:
    with schedule_lock(scheduled):
        found = read_schedule_status(scheduled, DUE.replace(minute=1))
        late = read_schedule_status(scheduled, DUE.replace(minute=20))
    assert found is not None and found.last_run is None
    assert late is not None and late.last_run is not None
    assert late.last_run.reason == "the Prefect server did not start it"


def test_a_paused_schedule_is_told(scheduled: DataFolder) -> None:
    KnownSchedule("0 2 * * *", "Europe/London", "", DUE, paused=True).write(scheduled)
    with schedule_lock(scheduled):
        done = CliRunner().invoke(application, ["status", "--data", str(scheduled.root)])
    assert "paused on the Prefect server" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("outcome", "is_served", "paused", "expected"),
    [
        ("published", True, False, 0),
        ("nothing_new", True, False, 0),
        ("failed", True, False, 0),  # it ran, and its own hooks told of it
        ("not_begun", True, False, 1),
        ("published", False, False, 1),
        ("published", True, True, 1),
    ],
)
def test_a_monitor_is_told_by_the_exit_code(
    scheduled: DataFolder, monkeypatch: pytest.MonkeyPatch,
    outcome: str, is_served: bool, paused: bool, expected: int,
) -> None:  # fmt: skip
    KnownSchedule("0 2 * * *", "Europe/London", "", DUE, paused=paused).write(scheduled)
    today = datetime.now(UTC)
    with noted(scheduled, last_due("0 2 * * *", "Europe/London", today)) as note:
        note.outcome = outcome
    command = ["status", "--check-schedule", "--data", str(scheduled.root)]
    with schedule_lock(scheduled) if is_served else contextlib.nullcontext():
        assert CliRunner().invoke(application, command).exit_code == expected
