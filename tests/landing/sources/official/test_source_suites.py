"""The suites of the official tables: quiet on sound files, failing on each fault of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from tests.judged_profiles import failed_by_source

from .workbooks import Sheets, ons_sheets, xlsx

OPEN_DATA = (
    "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Code,Number of Offences\n"
    "2017/18,1,West Midlands,Dudley,28E,40\n"
)
PEOPLE = "Area code,Sex,Age,Year,Population\nE08000027,F,all ages,2022,30\n" + "".join(
    f"E08000027,F,{age},2022,10\n" for age in ("0", "1", "2+")
)
LOOKUP = "lsoa21_code,lad24_code,csp24_code\nE01009862,E08000027,E22000337\n"
FAMILIES = "scheme,area,neighbour,valid_from,valid_to,source\nown,Dudley,Walsall,,,made up\n"


def changed(at: tuple[str, int, int], value: object) -> Sheets:
    sheets = ons_sheets()
    sheet, row, column = at
    sheets[sheet][row][column] = value
    return sheets


def failed(tmp_path: Path, place: str, data: bytes) -> set[str]:
    """Land one file and give the checks that it fails, by their own names."""
    folder = DataFolder(tmp_path / "data")
    path = folder.raw / place
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    report = land_inbox(folder)
    assert report.quarantined == []
    write_catalog(folder)
    (checks,) = failed_by_source(folder).values()
    return checks


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("recorded_crime_open_data/2018-07-19/a.csv", OPEN_DATA),
        ("population/2023-01-01/a.csv", PEOPLE),
        ("lookups/2024-06-01/a.csv", LOOKUP),
        ("families/2024-06-01/a.csv", FAMILIES),
    ],
)
def test_a_sound_file_passes(tmp_path: Path, place: str, data: str) -> None:
    assert failed(tmp_path, place, data.encode()) == set()


def test_a_small_but_sound_workbook_only_lacks_partnerships(tmp_path: Path) -> None:
    found = failed(tmp_path, "ons_pfa_tables/2025-04-24/a.xlsx", xlsx(ons_sheets()))
    assert found == {"partnerships"}


@pytest.mark.parametrize(
    ("at", "value", "check"),
    [
        (("Table C2 ", 5, 2), "E22999999", "partnerships_unknown"),
        (("Table C2 ", 3, 7), "A new offence", "headers_unknown"),
        (("Table C2 ", 5, 7), 61, "forces_not_summing"),
        (("Table C2 ", 5, 7), "about 60", "rows_rejected"),
    ],
)
def test_a_faulty_workbook_is_told(
    tmp_path: Path, at: tuple[str, int, int], value: object, check: str
) -> None:
    data = xlsx(changed(at, value))
    assert check in failed(tmp_path, "ons_pfa_tables/2025-04-24/a.xlsx", data)


def test_a_workbook_dated_before_its_year_ended_is_told(tmp_path: Path) -> None:
    found = failed(tmp_path, "ons_pfa_tables/2024-12-01/a.xlsx", xlsx(ons_sheets()))
    assert "periods_after_extract" in found


@pytest.mark.parametrize(
    ("place", "data", "checks"),
    [
        (
            "recorded_crime_open_data/2018-07-19/a.csv",
            OPEN_DATA + "2017/18,1,West Midlands,Dudley,28E,41\n",
            {"rows_repeated"},
        ),
        (
            "recorded_crime_open_data/2018-07-19/a.csv",
            OPEN_DATA + "2017/18,1,Middle Earth,,999Z,4.5\n",
            {"codes_unknown", "counts_not_whole"},
        ),
        (
            "recorded_crime_open_data/2018-07-19/a.csv",
            OPEN_DATA + "2017/18,1,Middle Earth,,28E,4\n",
            {"forces_unknown"},
        ),
        ("recorded_crime_open_data/2017-06-01/a.csv", OPEN_DATA, {"periods_after_extract"}),
        ("population/2021-01-01/a.csv", PEOPLE, {"years_ahead"}),
        ("population/2023-01-01/a.csv", PEOPLE.replace(",30", ",31"), {"ages_beyond_the_total"}),
        (
            "lookups/2024-06-01/a.csv",
            LOOKUP + "E01009862,E08000030,E22000340\n",
            {"lsoas_in_two_authorities"},
        ),
        (
            "lookups/2024-06-01/a.csv",
            LOOKUP + "E01009863,E08000030,E22999999\n",
            {"partnerships_unknown"},
        ),
        (
            "families/2024-06-01/a.csv",
            FAMILIES + "own,Dudley,Nowhere,,,made up\n",
            {"areas_unknown"},
        ),
    ],
)
def test_a_faulty_file_is_told(tmp_path: Path, place: str, data: str, checks: set[str]) -> None:
    assert failed(tmp_path, place, data.encode()) == checks
