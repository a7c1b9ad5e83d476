"""`csp withdraw` takes back a file that should not have been landed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from flows.command.application import application
from flows.landing import anything_new, land_inbox, write_catalog
from flows.landing.ledger.load_records import read_deliveries, read_records
from flows.landing.ledger.withdrawn import withdraw
from flows.night.fingerprint import landing_fingerprint
from flows.publishing.lock import night_lock
from tests.landing.conftest import RETURN_ROW, Inbox, returned

EARLIER = "partner_returns/2017-11-03/dudley.csv"
WRONG = "partner_returns/2017-12-04/sandwell.csv"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    made = Inbox(tmp_path / "data")
    made.put(EARLIER, returned(RETURN_ROW))
    made.put(WRONG, returned(RETURN_ROW.replace(",70,", ",99,")))
    assert land_inbox(made.folder).quarantined == []
    return made


def run(inbox: Inbox, place: str) -> Result:
    return CliRunner().invoke(
        application, ["withdraw", place, "--data", str(inbox.folder.root)], env={"COLUMNS": "200"}
    )


def in_force(inbox: Inbox) -> list[str]:
    write_catalog(inbox.folder)
    rows = pq.read_table(inbox.folder.landing / "catalog" / "loads.parquet").to_pylist()
    return sorted(f"{row['source']}/{row['extract_date']}/{row['file']}" for row in rows)


def files_of(inbox: Inbox, load_id: str) -> list[str]:
    return sorted(
        file.relative_to(inbox.folder.landing).parts[0]
        for file in inbox.folder.landing.rglob(f"{load_id}*")
    )


def test_a_withdrawn_file_counts_nowhere_and_its_rows_are_gone(inbox: Inbox) -> None:
    [wrong] = [one for one in read_deliveries(inbox.folder) if one.file == "sandwell.csv"]
    before = landing_fingerprint(inbox.folder)
    (inbox.folder.raw / WRONG).unlink()
    done = run(inbox, WRONG)
    assert done.exit_code == 0, done.output
    assert f"Withdrawn  {WRONG}" in done.output
    assert in_force(inbox) == [EARLIER]
    assert files_of(inbox, wrong.load_id) == ["withdrawn"]
    # the next run knows by it that there is work
    assert landing_fingerprint(inbox.folder) != before
    # again, as after a kill on the way: the same end
    assert run(inbox, WRONG).exit_code == 0
    assert in_force(inbox) == [EARLIER]


def test_what_was_killed_on_the_way_can_be_taken_back_again(inbox: Inbox) -> None:
    [wrong] = [one for one in read_deliveries(inbox.folder) if one.file == "sandwell.csv"]
    (inbox.folder.raw / WRONG).unlink()
    withdraw(inbox.folder, wrong.load_id, wrong.extract_date)
    assert wrong.load_id in read_records(inbox.folder)
    assert run(inbox, WRONG).exit_code == 0
    assert files_of(inbox, wrong.load_id) == ["withdrawn"]


def test_the_same_bytes_are_landed_anew_where_they_come_again(inbox: Inbox) -> None:
    content = (inbox.folder.raw / WRONG).read_bytes()
    (inbox.folder.raw / WRONG).unlink()
    assert run(inbox, WRONG).exit_code == 0
    land_inbox(inbox.folder)
    inbox.put(WRONG, content)
    report = land_inbox(inbox.folder)
    assert [loaded.rows_loaded for loaded in report.loaded] == [1]
    assert in_force(inbox) == [EARLIER, WRONG]


CORRECTED = returned(RETURN_ROW.replace(",70,", ",98,"))


def test_a_corrected_file_beside_it_is_taken_by_the_next_run(inbox: Inbox) -> None:
    beside = WRONG.replace(".csv", " corrected.csv")
    inbox.put(beside, CORRECTED)
    [refused] = land_inbox(inbox.folder).quarantined
    assert f"take that out of the inbox, run csp withdraw {WRONG} and then csp nightly" in (
        refused.reason
    )
    assert not anything_new(inbox.folder)
    (inbox.folder.raw / WRONG).unlink()
    assert run(inbox, WRONG).exit_code == 0
    assert anything_new(inbox.folder)
    report = land_inbox(inbox.folder)
    assert [loaded.file for loaded in report.loaded] == [beside.rpartition("/")[2]]
    assert report.still_quarantined == []
    assert in_force(inbox) == [EARLIER, beside]
    assert not list(inbox.folder.quarantine.rglob("*.reason.txt"))


def test_a_corrected_file_of_the_same_name_is_named_and_takes_its_place(inbox: Inbox) -> None:
    (inbox.folder.raw / WRONG).write_bytes(CORRECTED)
    refused_before_it_was_seen = run(inbox, WRONG)
    assert refused_before_it_was_seen.exit_code == 1
    assert "still lies in the inbox" in refused_before_it_was_seen.output
    [refused] = land_inbox(inbox.folder).quarantined
    assert refused.reason == (
        f"{WRONG}: another file of this name and extract date was loaded before and gives other "
        "figures, which stand. Expected: one extract of each date. Next: if this one was sent on a "
        "later day, put it into a folder of that date; if it takes the place of a wrong one, take "
        f"that back with csp withdraw {WRONG} and run csp nightly."
    )
    done = run(inbox, WRONG)
    assert done.exit_code == 0, done.output
    assert "csp nightly, which reads the file that lies in its place" in done.output
    assert [one.rows_loaded for one in land_inbox(inbox.folder).loaded] == [1]
    assert in_force(inbox) == [EARLIER, WRONG]
    # the one that stands now is not taken back while it lies there
    assert run(inbox, WRONG).exit_code == 1


def test_a_corrected_file_of_the_same_name_may_have_a_later_date(inbox: Inbox) -> None:
    (inbox.folder.raw / WRONG).write_bytes(CORRECTED)
    land_inbox(inbox.folder)
    later = WRONG.replace("2017-12-04", "2017-12-05")
    inbox.put(later, CORRECTED)
    (inbox.folder.raw / WRONG).unlink()
    report = land_inbox(inbox.folder)
    assert (len(report.loaded), report.still_quarantined) == (1, [])
    assert in_force(inbox)[-1] == later


def test_a_file_under_two_dates_stands_under_the_other(inbox: Inbox) -> None:
    again = WRONG.replace("2017-12-04", "2018-01-08")
    inbox.put(again, (inbox.folder.raw / WRONG).read_bytes())
    land_inbox(inbox.folder)
    (inbox.folder.raw / again).unlink()
    done = run(inbox, again)
    assert "stands there" in done.output
    assert in_force(inbox) == [EARLIER, WRONG]


@pytest.mark.parametrize(
    ("place", "said", "code"),
    [
        (WRONG, "still lies in the inbox", 1),
        ("partner_returns/2017-12-04/sandwel.csv", f"Nearest: {WRONG}", 2),
        ("", "no file '' has been landed", 2),
    ],
)
def test_nothing_is_changed_where_it_cannot_be(
    inbox: Inbox, place: str, said: str, code: int
) -> None:
    before = landing_fingerprint(inbox.folder)
    done = run(inbox, place)
    assert done.exit_code == code
    assert said in " ".join(done.stderr.split())
    assert landing_fingerprint(inbox.folder) == before


def test_a_run_under_way_is_waited_for_by_the_user(inbox: Inbox) -> None:
    (inbox.folder.raw / WRONG).unlink()
    with night_lock(inbox.folder):
        done = run(inbox, WRONG)
    assert done.exit_code == 1
    assert "already under way" in " ".join(done.stderr.split())
    assert in_force(inbox) == [EARLIER, WRONG]


def test_its_rows_leave_the_warehouse_its_copies_and_the_quarantine(inbox: Inbox) -> None:
    """Records of a wrong file are personal data in each of these places."""
    rejected = "partner_returns/2018-02-05/walsall.csv"
    bad = RETURN_ROW.replace("2017-07-01", "no date")
    inbox.put(rejected, returned(RETURN_ROW.replace(",70,", ",12,"), bad))
    land_inbox(inbox.folder)
    [wrong] = [one for one in read_deliveries(inbox.folder) if one.file == "walsall.csv"]
    [right] = [one for one in read_deliveries(inbox.folder) if one.file == "dudley.csv"]
    assert list(inbox.folder.quarantine.rglob("walsall*"))
    with duckdb.connect(str(inbox.folder.database)) as connection:
        connection.execute("create table records (load_id varchar, row_number integer)")
        rows = [[one.load_id, at] for one in (wrong, right) for at in (1, 2)]
        connection.executemany("insert into records values (?, ?)", rows)
    copy = inbox.folder.warehouse / "as_at" / "2018-01-01" / "copy.duckdb"
    copy.parent.mkdir(parents=True)
    copy.touch()
    kept = inbox.folder.landing / "counts_archive" / f"{wrong.load_id}.parquet"
    kept.touch()  # counts of a load are kept where its rows were removed: they were its figures
    (inbox.folder.raw / rejected).unlink()
    assert run(inbox, rejected).exit_code == 0
    assert not list(inbox.folder.quarantine.rglob("walsall*"))
    assert not copy.exists()
    assert not kept.exists()
    with duckdb.connect(str(inbox.folder.database), read_only=True) as connection:
        left = connection.execute("select distinct load_id from records").fetchall()
    assert left == [(right.load_id,)]
