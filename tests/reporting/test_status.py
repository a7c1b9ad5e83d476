from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.data_folder import DataFolder
from flows.night import history
from flows.night.summary import NightSummary, StepTime
from flows.reporting.status import read_status


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    from flows.landing.load_records import LoadRecord, write_record
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
