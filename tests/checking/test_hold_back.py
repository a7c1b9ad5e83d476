"""Loads that fail a critical check are held back, and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.rejected_rows import FEW_REJECTED_ROWS
from flows.checking import JudgedLoads, judge_loads
from flows.checking.standing_let_through import remember_let_through
from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.ledger.held_back import read_held_back
from flows.settings import load_settings
from flows.warehouse.due_records import due_records, superseded_loads

pytestmark = pytest.mark.usefixtures("by_limits")

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\r\n"
)
REJECTED = "source.police_uk.rejected_share"
FUTURE = "source.supply_extracts.extract_in_future"
KEPT = "source.supply_months.kept_share"


class Inbox:
    """A data folder whose inbox holds street files of one force, written by the test."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)

    def put(self, day: str, month: str, rows: int = 30, ragged: int = 0) -> str:
        """Lay one street file, with so many ragged rows; gives the place that messages name."""
        name = f"{month}-west-midlands-street.csv"
        path = self.folder.raw / "police_uk" / day / name
        path.parent.mkdir(parents=True, exist_ok=True)
        row = (
            f",{month},West Midlands Police,West Midlands Police,-2.08,52.51,On or near High "
            f"Street,E01009851,Dudley 012A,Robbery,,\r\n"
        )
        too_long = f",{month},one,too,many,fields,in,this,row,of,the,file,here\r\n"
        path.write_bytes((HEADER + row * rows + too_long * ragged).encode())
        return f"police_uk/{day}/{name}"

    def judged(self, as_at: date | None = None, **reasons: str) -> JudgedLoads:
        """Land what is new, and judge all."""
        land_inbox(self.folder)
        write_catalog(self.folder, as_at)
        return judge_loads(
            self.folder, as_at, {name.replace("__", "."): why for name, why in reasons.items()}
        )

    def in_force(self) -> list[tuple[str, str]]:
        """File and extract date of every load in the catalog that the build reads."""
        file = self.folder.landing / "catalog" / "loads.parquet"
        return duckdb.sql(
            f"select split_part(file, '-west', 1), extract_date::varchar from '{file}' order by all"
        ).fetchall()


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def test_a_load_that_fails_is_left_out_and_the_last_good_extract_stands(inbox: Inbox) -> None:
    inbox.put("2018-09-01", "2018-07")
    spoilt = inbox.put("2018-10-01", "2018-07", ragged=11)
    inbox.put("2018-10-01", "2018-08")
    judged = inbox.judged()
    [held] = judged.held_back
    assert held.place == spoilt
    assert [check.check_id for check in held.checks] == [REJECTED]
    assert "the extract of 1 September 2018 stands" in held.stands
    assert judged.stops == []
    assert inbox.in_force() == [("2018-07", "2018-09-01"), ("2018-08", "2018-10-01")]
    assert read_held_back(inbox.folder) == [held]
    file = inbox.folder.checks / "sources.parquet"
    assert duckdb.sql(
        f"select status, contains(description, 'Held back: {spoilt}') from '{file}' "
        f"where check_id = '{REJECTED}'"
    ).fetchall() == [("failed", True)]


def test_an_earlier_extract_is_judged_in_its_turn(inbox: Inbox) -> None:
    inbox.put("2018-09-01", "2018-07", ragged=11)
    inbox.put("2018-10-01", "2018-07", rows=31, ragged=12)
    inbox.put("2018-10-01", "2018-08")
    judged = inbox.judged()
    assert sorted(load.extract_date for load in judged.held_back) == ["2018-09-01", "2018-10-01"]
    assert all("its figures are missing" in load.stands for load in judged.held_back)
    assert inbox.in_force() == [("2018-08", "2018-10-01")]


def test_where_every_load_is_held_back_nothing_is_in_force(inbox: Inbox) -> None:
    inbox.put("2018-09-01", "2018-07", ragged=11)
    judged = inbox.judged()
    assert (len(judged.held_back), judged.loads_in_force) == (1, 0)


def test_a_corrected_file_under_a_newer_date_ends_it(inbox: Inbox) -> None:
    inbox.put("2018-10-01", "2018-07", ragged=11)
    inbox.put("2018-10-01", "2018-08")
    assert len(inbox.judged().held_back) == 1
    inbox.put("2018-10-05", "2018-07", rows=31)
    judged = inbox.judged()
    assert judged.held_back == []
    assert read_held_back(inbox.folder) == []
    assert ("2018-07", "2018-10-05") in inbox.in_force()


def test_a_copy_under_a_date_to_come_costs_the_true_one_nothing(inbox: Inbox) -> None:
    inbox.put("2018-09-01", "2018-07")
    future = inbox.put("2199-01-01", "2018-07")
    judged = inbox.judged()
    [held] = judged.held_back
    assert (held.place, held.checks[0].check_id) == (future, FUTURE)
    assert inbox.in_force() == [("2018-07", "2018-09-01")]


def test_a_newer_extract_that_has_lost_half_a_month_leaves_the_older_one_in_force(
    inbox: Inbox,
) -> None:
    inbox.put("2018-09-01", "2018-07", rows=100)
    inbox.put("2018-10-01", "2018-07", rows=40)
    judged = inbox.judged()
    assert [check.check_id for check in judged.held_back[0].checks] == [KEPT]
    assert inbox.in_force() == [("2018-07", "2018-09-01")]


def test_what_is_let_through_stays_with_its_publication_and_its_load(inbox: Inbox) -> None:
    inbox.put("2018-10-01", "2018-07", ragged=11)
    inbox.put("2018-10-01", "2018-08")
    judged = inbox.judged(source__police_uk__rejected_share="known, and few")
    assert judged.held_back == []
    assert [(one.check_id, one.reason) for one in judged.let_through] == [
        (REJECTED, "known, and few")
    ]
    folder = inbox.folder
    publication = "000001-20181101T020000Z"
    (folder.published / "versions" / publication).mkdir(parents=True)
    (folder.published / "current").symlink_to(f"versions/{publication}")
    remember_let_through(folder, publication, judged.let_through_loads)
    # another load fails the same check: it is held back, and the first stays let through
    other = inbox.put("2018-11-01", "2018-09", ragged=11)
    judged = inbox.judged()
    assert [load.place for load in judged.held_back] == [other]
    assert len(judged.let_through) == 1
    # after a rollback to a publication that did not let it through, it is held back
    (folder.published / "current").unlink()
    assert len(inbox.judged().held_back) == 2


def test_as_at_an_earlier_date_only_what_had_come_is_judged_and_noted_nowhere(
    inbox: Inbox,
) -> None:
    inbox.put("2018-09-01", "2018-07")
    inbox.put("2018-10-01", "2018-07", ragged=11)
    inbox.folder = DataFolder(inbox.folder.root, as_at=date(2018, 9, 15))
    inbox.folder.ensure()
    assert inbox.judged(date(2018, 9, 15)).held_back == []
    assert not (inbox.folder.state / "held_back.json").exists()


def test_what_is_held_back_replaces_no_records_and_loses_none(inbox: Inbox) -> None:
    inbox.put("2018-09-01", "2018-07")
    inbox.put("2018-10-01", "2018-07", ragged=11)
    inbox.judged()
    settings = load_settings(inbox.folder.root)
    assert superseded_loads(inbox.folder) == []
    assert due_records(inbox.folder, settings, date(2018, 11, 1)).load_ids == []
    inbox.put("2018-10-05", "2018-07", rows=31)
    inbox.judged()
    assert len(superseded_loads(inbox.folder)) == 2


@pytest.mark.parametrize(
    ("rejected", "held"), [(1, 0), (FEW_REJECTED_ROWS, 0), (FEW_REJECTED_ROWS + 1, 1)]
)
def test_a_few_rejected_rows_hold_no_file_back_whatever_their_share(
    inbox: Inbox, rejected: int, held: int
) -> None:
    inbox.put("2018-10-01", "2018-07", rows=20, ragged=rejected)
    inbox.put("2018-10-01", "2018-08")
    judged = inbox.judged()
    assert [check.check_id for load in judged.held_back for check in load.checks] == [
        REJECTED
    ] * held


def test_a_mistyped_month_is_named_with_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One date of October in the list of December: October would be one record."""
    monkeypatch.setenv("CSP_HASH_KEY_FILE", str(tmp_path / "key" / "hash.key"))
    folder = DataFolder(tmp_path / "data")

    def put(day: str, months: dict[str, int]) -> None:
        path = folder.raw / "asb" / day / "asb.csv"
        path.parent.mkdir(parents=True)
        rows = [
            f"Dudley,{month}-03,nuisance" for month, many in months.items() for _ in range(many)
        ]
        path.write_text("\n".join(["area,date,category", *rows, ""]))

    usual = {f"2023-{month:02d}": 60 + month for month in range(4, 12)}
    put("2023-12-05", usual)
    put("2024-01-05", {"2023-12": 70, "2023-10": 1})
    land_inbox(folder)
    write_catalog(folder)
    [held] = judge_loads(folder, None, {}).held_back
    seen = {check.check_id: check.observed for check in held.checks}
    assert "(1 of 70, on line 72) in asb_records Dudley 2023-10" in seen[KEPT]
    assert "(1 of usually 68, on line 72) in" in seen["source.supply_months.volume_ratio"]
    assert "where lines are named, whether their dates are right" in held.next_steps
