"""Broken files beside good ones: the good ones are published, each broken one is set aside.

The small malformed inputs of `tests/landing/malformed/table.py` lie in the same inbox.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.data_folder import DataFolder
from flows.landing.sources.rules.hash_key import forget_keys
from flows.night.summary import read_last_run
from flows.reporting.status import read_status
from tests.conftest import PROJECT_ROOT, run_csp
from tests.landing.hostile.corpus import LANDED_BOOKS, LINES, NOT_READ, lay_corpus, refused_places
from tests.landing.hostile.workbook_files import READ
from tests.landing.malformed.case import EXIT_ALONE, EXIT_BESIDE_GOOD, Case
from tests.landing.malformed.landed import lay
from tests.landing.malformed.table import CASES
from tests.run_in_process import nightly_in_process

pytestmark = pytest.mark.slow

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


def _street_row(month: str, crime_type: str = "Robbery") -> str:
    return (
        f",{month},West Midlands Police,West Midlands Police,-2.08,52.51,On or near High Street,"
        f"E01009851,Dudley 012A,{crime_type},,"
    )


# Two extracts of one date may not disagree: every case has a date of its own.
DATES = {case.id: date(2025, 10, 3) + timedelta(days=at) for at, case in enumerate(CASES)}


def _place(case: Case) -> str:
    return f"{case.source}/{DATES[case.id].isoformat()}/{case.name}"


def _lay(data: Path, cases: Iterable[Case]) -> list[Case]:
    """Lay cases into an inbox."""
    # a mapping is of the whole source: one that spoils it is landed by itself, in tests/landing
    laid = [case for case in cases if not case.mapping]
    for case in laid:
        lay(case, DataFolder(data), DATES[case.id])
    return laid


# What costs a night that has other files nothing.
HARMLESS = [case for case in CASES if case.gets in ("quarantined", "line rejected", "read")]
# Those of a public source, of which a copy is kept.
COPIED = [
    case for case in HARMLESS if case.gets == "quarantined" and case.name.endswith("street.csv")
]


@pytest.fixture(scope="module", autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A key file of the test's own, outside its data folders."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        forget_keys()
        yield
    forget_keys()


@pytest.fixture(scope="module")
def night_with_broken_files(
    tmp_path_factory: pytest.TempPathFactory, own_key: None
) -> tuple[Path, str, int]:
    data = tmp_path_factory.mktemp("broken") / "data"
    good = Path("raw") / "police_uk" / "2020-02-21" / "2018-07.zip"
    (data / good).parent.mkdir(parents=True)
    shutil.copy(PROJECT_ROOT / "data" / good, data / good)
    assert _lay(data, HARMLESS)
    inbox = data / "raw" / "police_uk" / "2020-03-01"
    inbox.mkdir(parents=True)
    ragged = [HEADER, _street_row("2016-12"), _street_row("2016-12") + ",one,too,many"]
    ragged += [_street_row("2016-12")] * 500
    (inbox / "2016-12-west-midlands-street.csv").write_bytes(
        ("\r\n".join(ragged) + "\r\n").encode()
    )
    lay_corpus(data / "raw")
    finished = nightly_in_process("--data", str(data))
    return data, finished.stdout + finished.stderr, finished.returncode


def test_the_good_files_are_published(night_with_broken_files: tuple[Path, str, int]) -> None:
    data, said, code = night_with_broken_files
    assert code == 0, said
    with duckdb.connect(
        str(data / "published" / "community_safety.duckdb"), read_only=True
    ) as connection:
        rows = connection.execute(
            """
            select area_name, value from fct_indicator_values
            where source = 'police_uk' and period_type = 'month' and value > 0
                and indicator_id = 'robbery'
                and (area_type, period_end) in (
                    ('force', date '2018-07-31'), ('csp', date '2016-12-31')
                )
            order by period_end
            """
        ).fetchall()
    # the ragged row is rejected by itself: the other 501 robberies of December 2016 load
    assert rows == [("Dudley", 501.0), ("West Yorkshire", 327.0)]


@pytest.fixture(scope="module")
def status(night_with_broken_files: tuple[Path, str, int]) -> str:
    """What `csp status` says, which lists all that a night's summary shows the first of."""
    data, said, _ = night_with_broken_files
    assert "see `csp status`" in said
    finished = run_csp("status", "--data", str(data))
    assert finished.returncode == 0
    return finished.stdout


def test_each_broken_file_is_set_aside_with_its_reason(
    night_with_broken_files: tuple[Path, str, int],
) -> None:
    data, _, _ = night_with_broken_files
    assert len(COPIED) > 3
    for case in COPIED:
        aside = data / "quarantine" / _place(case)
        assert aside.read_bytes() == case.data
        reason = aside.with_name(f"{case.name}.reason.txt").read_text(encoding="utf-8")
        assert case.name in reason


def test_the_ragged_row_is_named_by_line(
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, _, _ = night_with_broken_files
    rejects = next((data / "quarantine").rglob("2016-12-west-midlands-street.csv.rejects.csv"))
    text = rejects.read_text(encoding="utf-8")
    assert "one,too,many" in text
    assert "police_uk/2020-03-01/2016-12-west-midlands-street.csv: 1 row, on line 3" in status
    # line 1 is the header, line 2 a good row, line 3 the ragged one
    assert text.splitlines()[1].split(",")[0] == "3" or ",3," in text.splitlines()[1]


def test_the_inbox_is_as_it_was(night_with_broken_files: tuple[Path, str, int]) -> None:
    data, _, _ = night_with_broken_files
    laid = [case for case in HARMLESS if not case.mapping]
    assert [
        case.id for case in laid if (data / "raw" / _place(case)).read_bytes() != case.data
    ] == []


def test_the_manifest_names_only_what_was_loaded(
    night_with_broken_files: tuple[Path, str, int],
) -> None:
    data, _, _ = night_with_broken_files
    manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    files = {
        f"{load['source']}/{load['extract_date']}/{load['file']}" for load in manifest["loads"]
    }
    assert "police_uk/2020-03-01/2016-12-west-midlands-street.csv" in files
    assert not files & {_place(case) for case in COPIED}


def test_every_malformed_input_is_told_and_costs_the_night_nothing(
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, _, code = night_with_broken_files
    laid = [case for case in HARMLESS if not case.mapping]
    assert code == EXIT_BESIDE_GOOD
    summary = read_last_run(DataFolder(data))
    assert summary is not None
    refused = " ".join(one.file for one in summary.refused)
    assert [
        case.id for case in laid if case.gets == "quarantined" and _place(case) not in refused
    ] == []
    rejected = {(f"{one.source}/{one.extract_date}/{one.file}") for one in summary.rejected}
    assert [
        case.id for case in laid if case.gets == "line rejected" and _place(case) not in rejected
    ] == []
    # what is alike stands on one line of the status, which counts the other files
    for alike in read_status(DataFolder(data), nights=0).alike_rejects:
        assert alike.place in status
        assert alike.reason.split("; ")[0] in status
    loaded = {f"{one.source}/{one.extract_date}/{one.file}": one for one in summary.loaded}
    assert [
        case.id
        for case in laid
        if case.gets != "quarantined" and loaded[_place(case)].rows_loaded != case.rows
    ] == []


def test_every_hostile_file_is_named_and_costs_the_run_nothing(
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, said, _ = night_with_broken_files
    summary = read_last_run(DataFolder(data))
    assert summary is not None
    refused = {one.file: one.reason for one in summary.refused}
    assert refused_places() <= refused.keys()
    for reason in (refused[place] for place in refused_places()):
        assert " Expected: " in reason
        assert " Next: " in reason
        assert "the reader failed" not in reason
    rows = {
        f"{one.source}/{one.extract_date}/{one.file}": one.rows_loaded for one in summary.loaded
    }
    wanted = {place: 4 if name in READ else 3 for place, name in LANDED_BOOKS.items()}
    wanted |= {place: landed for place, (_, landed, _) in LINES.items()}
    assert {place: rows.get(place) for place in wanted} == wanted
    rejected = DataFolder(data).landing / "rejects"
    for place, lines in {place: lines for place, (_, _, lines) in LINES.items() if lines}.items():
        (load,) = (one.load_id for one in summary.loaded if one.file == Path(place).name)
        assert pq.read_table(rejected / f"{load}.parquet")["line"].to_pylist() == lines
    told = "\n".join(summary.notes)
    assert [place for place in NOT_READ if f"{place}: " not in told] == []
    # a supplier's file name does not steer the terminal of the person who reads about it
    assert not {"\x1b", "\u202e"} & {*said, *status}


def test_a_night_of_nothing_but_broken_files_fails(tmp_path: Path) -> None:
    # what lies beside a case is sound, and would land
    laid = _lay(
        tmp_path, [case for case in CASES if case.gets == "quarantined" and not case.beside]
    )
    finished = run_csp("nightly", "--data", str(tmp_path))
    assert finished.returncode == EXIT_ALONE["quarantined"], finished.stdout + finished.stderr
    assert "Not published" in finished.stdout
    assert not (tmp_path / "published").exists() or not list((tmp_path / "published").iterdir())
    summary = read_last_run(DataFolder(tmp_path))
    assert summary is not None
    assert len(summary.refused) == len(laid)


def test_a_run_with_every_load_held_back_ends_with_three(tmp_path: Path) -> None:
    laid = _lay(tmp_path, [case for case in CASES if case.gets == "held back"])
    finished = run_csp("nightly", "--data", str(tmp_path))
    assert finished.returncode == EXIT_ALONE["held back"], finished.stdout + finished.stderr
    summary = read_last_run(DataFolder(tmp_path))
    assert summary is not None
    assert "every load is held back" in finished.stdout
    failed = {check.check_id for load in summary.held_back for check in load.checks}
    assert {case.check for case in laid} <= failed
