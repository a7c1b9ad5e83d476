"""Broken files beside good ones: the good ones are published, each broken one is set aside."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.conftest import copy_inbox, run_csp

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


@pytest.fixture(scope="module")
def night_with_broken_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    data = copy_inbox(tmp_path_factory.mktemp("broken") / "data")
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
    finished = run_csp("nightly", "--data", str(data))
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
            where source = 'police_uk' and period_type = 'month'
                and area_type = 'force' and indicator_id = 'robbery'
                and period_end in (date '2018-07-31', date '2016-12-31')
            order by period_end
            """
        ).fetchall()
    # the ragged row is rejected by itself: the other 501 robberies of December 2016 load
    assert rows == [("West Midlands", 501.0), ("West Yorkshire", 327.0)]


def test_each_broken_file_is_set_aside_with_its_reason(
    night_with_broken_files: tuple[Path, str, int],
) -> None:
    data, said, _ = night_with_broken_files
    aside = data / "quarantine" / "police_uk" / "2020-03-01"
    for name, content in BROKEN.items():
        assert (aside / name).read_bytes() == content
        reason = (aside / f"{name}.reason.txt").read_text(encoding="utf-8")
        assert name in reason
        assert name in said
    assert (aside / "2017-01.zip.reason.txt").exists()
    assert "2017-01.zip" in said


def test_the_ragged_row_is_named_by_line(night_with_broken_files: tuple[Path, str, int]) -> None:
    data, said, _ = night_with_broken_files
    rejects = next((data / "quarantine").rglob("2016-12-west-midlands-street.csv.rejects.csv"))
    text = rejects.read_text(encoding="utf-8")
    assert "one,too,many" in text
    assert "2016-12-west-midlands-street.csv" in said
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
