"""Broken files beside good ones: the good ones are published, each broken one is set aside.

The small malformed inputs of `tests/landing/malformed/table.py` lie in the same inbox.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing.sources.rules.hash_key import forget_keys
from flows.night.summary import read_last_run
from flows.reporting.status import read_status
from tests.conftest import copy_inbox, run_csp
from tests.landing.hostile.corpus import LANDED_BOOKS, LINES, NOT_READ, lay_corpus, refused_places
from tests.landing.malformed.case import EXIT_ALONE, EXIT_BESIDE_GOOD, Case
from tests.landing.malformed.landed import lay
from tests.landing.malformed.table import CASES

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


def _street_row(month: str, crime_type: str = "Robbery") -> str:
    return (
        f",{month},West Midlands Police,West Midlands Police,-2.08,52.51,On or near High Street,"
        f"E01009851,Dudley 012A,{crime_type},,"
    )


BROKEN = {
    "2016-09-west-midlands-street.csv": b"",
    "2016-10-west-midlands-street.csv": b"one,two,three\r\n1,2,3\r\n",
    "2016-11-west-midlands-street.csv": bytes(range(256)) * 40,
}


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
    data = copy_inbox(tmp_path_factory.mktemp("broken") / "data")
    assert _lay(data, HARMLESS)
    inbox = data / "raw" / "police_uk" / "2020-03-01"
    inbox.mkdir(parents=True)
    for name, content in BROKEN.items():
        (inbox / name).write_bytes(content)
    ragged = [HEADER, _street_row("2016-12"), _street_row("2016-12") + ",one,too,many"]
    ragged += [_street_row("2016-12")] * 500
    (inbox / "2016-12-west-midlands-street.csv").write_bytes(
        ("\r\n".join(ragged) + "\r\n").encode()
    )
    whole = data / "raw" / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = "\r\n".join([HEADER, *[_street_row("2017-01")] * 50]) + "\r\n"
        archive.writestr("2017-01/2017-01-west-midlands-street.csv", rows)
    content = whole.read_bytes()
    whole.unlink()
    (inbox / "2017-01.zip").write_bytes(content[: len(content) // 2])
    lay_corpus(data / "raw")
    finished = run_csp("nightly", "--data", str(data), timeout=900)
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
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, _, _ = night_with_broken_files
    aside = data / "quarantine" / "police_uk" / "2020-03-01"
    for name, content in BROKEN.items():
        assert (aside / name).read_bytes() == content
        reason = (aside / f"{name}.reason.txt").read_text(encoding="utf-8")
        assert name in reason
        assert name in status
    assert (aside / "2017-01.zip.reason.txt").exists()
    assert "2017-01.zip" in status


def test_the_ragged_row_is_named_by_line(
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, _, _ = night_with_broken_files
    rejects = next((data / "quarantine").rglob("2016-12-west-midlands-street.csv.rejects.csv"))
    text = rejects.read_text(encoding="utf-8")
    assert "one,too,many" in text
    assert "police_uk/2020-03-01/2016-12-west-midlands-street.csv: 1 rows from line 3" in status
    # line 1 is the header, line 2 a good row, line 3 the ragged one
    assert text.splitlines()[1].split(",")[0] == "3" or ",3," in text.splitlines()[1]


def test_the_inbox_is_as_it_was(night_with_broken_files: tuple[Path, str, int]) -> None:
    data, _, _ = night_with_broken_files
    inbox = data / "raw" / "police_uk" / "2020-03-01"
    assert {name: (inbox / name).read_bytes() for name in BROKEN} == BROKEN


def test_the_manifest_names_only_what_was_loaded(
    night_with_broken_files: tuple[Path, str, int],
) -> None:
    data, _, _ = night_with_broken_files
    manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    files = " ".join(str(load) for load in manifest["loads"])
    assert "2016-12-west-midlands-street.csv" in files
    assert not any(name in files for name in BROKEN)


def test_every_malformed_input_is_told_and_costs_the_night_nothing(
    night_with_broken_files: tuple[Path, str, int], status: str
) -> None:
    data, _, code = night_with_broken_files
    laid = [case for case in HARMLESS if not case.mapping]
    assert {EXIT_BESIDE_GOOD[case.gets] for case in laid} == {code}
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
    assert refused_places() <= {one.file for one in summary.refused}
    loaded = {f"{one.source}/{one.extract_date}/{one.file}" for one in summary.loaded}
    assert {*LANDED_BOOKS, *LINES} <= loaded
    told = "\n".join(summary.notes)
    assert [place for place in NOT_READ if f"{place}: " not in told] == []
    # a supplier's file name does not steer the terminal of the person who reads about it
    assert not {"\x1b", "\u202e"} & {*said, *status}


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_run_with_every_load_held_back_ends_with_three(tmp_path: Path) -> None:
    laid = _lay(tmp_path, [case for case in CASES if case.gets == "held back"])
    finished = run_csp("nightly", "--data", str(tmp_path))
    assert finished.returncode == EXIT_ALONE["held back"], finished.stdout + finished.stderr
    summary = read_last_run(DataFolder(tmp_path))
    assert summary is not None
    assert "every load is held back" in finished.stdout
    failed = {check.check_id for load in summary.held_back for check in load.checks}
    assert {case.check for case in laid} <= failed
