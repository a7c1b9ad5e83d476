"""Synthetic files are known by marker and by name, and never lie with real ones."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.inbox.files import scan_inbox
from flows.landing.inbox.mixture import SyntheticMixedWithRealError
from flows.landing.inbox.synthetic import MARKER, says_synthetic

TARGET = (
    "area,indicator,period_type,period_end,target_value\nDudley,knife_crime,quarter,2017-09-30,{}\n"
)


def put(folder: DataFolder, day: str, name: str, value: int) -> Path:
    path = folder.raw / "targets" / day / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TARGET.format(value))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("west-midlands-synthetic-2016-17.csv", True),
        ("SYNTHETIC_2017.zip!2017-04-west-midlands-street.csv", True),
        ("photosynthetically.csv", False),
        ("2017-04-west-midlands-street.csv", False),
    ],
)
def test_a_name_says_that_its_file_is_synthetic(name: str, says: bool) -> None:
    assert says_synthetic(name) is says


@pytest.mark.parametrize(
    ("place", "synthetic"), [(".", False), ("targets", False), ("targets/2017-10-09", True)]
)
def test_a_marker_is_of_its_extract_date_and_no_file_itself(
    folder: DataFolder, place: str, synthetic: bool
) -> None:
    put(folder, "2017-10-09", "targets.csv", 5)
    (folder.raw / place / MARKER).write_text("made up\n")
    scan = scan_inbox(folder)
    assert [file.is_synthetic for file in scan.files] == [synthetic]
    assert scan.problems == []


def test_a_marker_is_of_its_own_extract_date_only(folder: DataFolder) -> None:
    put(folder, "2017-10-09", "targets.csv", 5)
    put(folder, "2018-04-09", "targets.csv", 6)
    (folder.raw / "targets" / "2018-04-09" / MARKER).write_text("made up\n")
    assert [file.is_synthetic for file in scan_inbox(folder).files] == [False, True]


@pytest.mark.parametrize(("name", "synthetic"), [("synthetic-a.csv", True), ("a.csv", False)])
def test_record_and_catalog_carry_it(folder: DataFolder, name: str, synthetic: bool) -> None:
    put(folder, "2017-10-09", name, 5)
    [loaded] = land_inbox(folder).loaded
    record = json.loads((folder.landing / "loads" / f"{loaded.load_id}.json").read_text())
    assert record["synthetic"] is synthetic
    write_catalog(folder)
    catalog = pq.read_table(folder.landing / "catalog" / "loads.parquet")
    assert catalog["is_synthetic"].to_pylist() == [synthetic]


def test_both_kinds_in_one_inbox_are_refused_by_name_and_nothing_lands(folder: DataFolder) -> None:
    put(folder, "2017-10-09", "synthetic-targets.csv", 5)
    put(folder, "2018-04-09", "targets.csv", 6)
    with pytest.raises(SyntheticMixedWithRealError) as refusal:
        land_inbox(folder)
    for words in ("2017-10-09/synthetic-targets.csv", "2018-04-09/targets.csv", "Next: "):
        assert words in str(refusal.value)
    assert not list((folder.landing / "loads").glob("*.json"))


@pytest.mark.parametrize("first", ["synthetic-targets.csv", "targets.csv"])
def test_what_has_landed_counts_though_its_file_is_gone(folder: DataFolder, first: str) -> None:
    put(folder, "2017-10-09", first, 5)
    land_inbox(folder)
    (folder.raw / "targets" / "2017-10-09" / first).unlink()
    second = ({"synthetic-targets.csv", "targets.csv"} - {first}).pop()
    put(folder, "2018-04-09", second, 6)
    with pytest.raises(SyntheticMixedWithRealError, match=r"\(landed\)"):
        land_inbox(folder)
