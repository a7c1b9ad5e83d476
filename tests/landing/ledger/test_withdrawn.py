"""A load whose own file the reader of today refuses does not stand."""

from __future__ import annotations

import json
from datetime import date

import pyarrow.parquet as pq
import pytest

from flows.landing import anything_new, land_inbox, write_catalog
from flows.landing.inbox.state import state_path
from flows.landing.ledger.withdrawn import nothing_stands, withdraw
from flows.landing.report import LandingReport
from flows.reporting.status import read_status
from flows.settings import Settings
from flows.warehouse.due_records import due_records, superseded_loads
from tests.landing.conftest import Inbox

HEADER = "area,indicator,period_type,period_end,target_value"
EARLIER = "targets/2024-05-01/plan.csv"
LATER = "targets/2025-05-01/plan.csv"
TODAY = date(2026, 1, 1)


def targets(*values: int, period_end: str = "2025-03-31") -> bytes:
    rows = [f"Dudley,hate_crime,financial_year,{period_end},{value}" for value in values]
    return "\n".join((HEADER, *rows, "")).encode()


def as_an_older_reader_left_it(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Land the inbox by a reader of targets that took two targets of one period for two rows."""
    with monkeypatch.context() as older:
        older.setattr("flows.landing.sources.targets.stated_once", lambda *_: lambda *_: [])
        assert land_inbox(inbox.folder).quarantined == []
    for path in (inbox.folder.landing / "loads").glob("*.json"):
        path.write_text(json.dumps(json.loads(path.read_text()) | {"reader_version": "0"}))
    state = json.loads(state_path(inbox.folder).read_text())
    for file in state["files"].values():
        file["reader_version"] = "0"
    state_path(inbox.folder).write_text(json.dumps(state))


def in_force(inbox: Inbox) -> list[str]:
    write_catalog(inbox.folder)
    rows = pq.read_table(inbox.folder.landing / "catalog" / "loads.parquet").to_pylist()
    return sorted(f"{row['source']}/{row['extract_date']}/{row['file']}" for row in rows)


def the_refusal(report: LandingReport) -> str:
    (refused,) = report.quarantined
    return refused.reason


def test_the_earlier_extract_stands_where_the_later_is_refused(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(EARLIER, targets(250))
    inbox.put(LATER, targets(200, 300))
    as_an_older_reader_left_it(inbox, monkeypatch)
    assert in_force(inbox) == [EARLIER, LATER]

    reason = the_refusal(land_inbox(inbox.folder))
    assert "rows that an earlier run loaded from it are withdrawn" in reason
    assert in_force(inbox) == [EARLIER]
    (refused,) = read_status(inbox.folder, nights=0).refused
    assert refused.reason == reason
    (source,) = read_status(inbox.folder, nights=0).sources
    assert (source.files, source.newest_extract) == (1, date(2024, 5, 1))

    # nothing is lost: the record and its rows lie there, and the next run has nothing to do
    assert len(list((inbox.folder.landing / "loads").glob("*.json"))) == 2
    assert not anything_new(inbox.folder)
    assert "are withdrawn" in land_inbox(inbox.folder).still_quarantined[0].reason
    assert in_force(inbox) == [EARLIER]


def test_a_reader_that_takes_the_file_again_lets_its_load_stand(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(EARLIER, targets(200, 300))
    inbox.put(LATER, targets(200, 300))
    as_an_older_reader_left_it(inbox, monkeypatch)
    land_inbox(inbox.folder)
    assert in_force(inbox) == []

    state_path(inbox.folder).unlink()
    with monkeypatch.context() as newer:
        newer.setattr("flows.landing.sources.targets.stated_once", lambda *_: lambda *_: [])
        report = land_inbox(inbox.folder)
    assert (report.quarantined, report.redelivered) == ([], 1)
    assert in_force(inbox) == [LATER]
    assert list((inbox.folder.landing / "withdrawn").glob("*")) == []


def test_a_corrected_file_of_the_same_date_does_not_clash_with_what_is_withdrawn(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(LATER, targets(200, 300))
    as_an_older_reader_left_it(inbox, monkeypatch)
    land_inbox(inbox.folder)
    inbox.put(LATER, targets(300))
    assert land_inbox(inbox.folder).quarantined == []
    assert in_force(inbox) == [LATER]
    assert read_status(inbox.folder, nights=0).refused == []


def test_a_file_gone_from_the_inbox_is_withdrawn_with_its_refused_bytes(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = inbox.put(EARLIER, targets(200, 300))
    inbox.put(LATER, targets(200, 300))
    as_an_older_reader_left_it(inbox, monkeypatch)
    gone.unlink()
    land_inbox(inbox.folder)
    assert in_force(inbox) == []


def test_a_fault_of_the_reader_withdraws_nothing_and_says_so(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(LATER, targets(200))
    as_an_older_reader_left_it(inbox, monkeypatch)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("flows.landing.sources.targets.stated_once", broken)
    reason = the_refusal(land_inbox(inbox.folder))
    assert "rows that an earlier run loaded from it stand" in reason
    assert in_force(inbox) == [LATER]


def test_records_that_are_withdrawn_wait_for_their_reader(inbox: Inbox) -> None:
    """They are counted nowhere, so that retention has no counts of theirs to keep."""
    incidents = b"area,date,category\nDudley,2020-05-03,noise\nDudley,2020-06-03,noise\n"
    inbox.put("asb/2020-07-01/asb.csv", incidents)
    (load,) = land_inbox(inbox.folder).loaded
    settings = Settings(retention_months=12)
    assert due_records(inbox.folder, settings, TODAY).load_ids == [load.load_id]
    assert withdraw(inbox.folder, load.load_id, date(2020, 7, 1))
    assert due_records(inbox.folder, settings, TODAY).load_ids == []
    assert superseded_loads(inbox.folder) == []


def test_a_run_has_nothing_to_build_from_where_every_load_is_withdrawn(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(LATER, targets(200, 300))
    as_an_older_reader_left_it(inbox, monkeypatch)
    assert not nothing_stands(inbox.folder)
    land_inbox(inbox.folder)
    assert nothing_stands(inbox.folder)
