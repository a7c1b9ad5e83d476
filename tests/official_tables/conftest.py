"""One warehouse on the real public files: the ONS workbook, lookups, populations, street crime.

On a bare clone the files are the committed extract, with street files made of its counts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import load_settings
from tests.built_without_dbt import build_without_dbt
from tests.conftest import EXTRACT
from tests.made_once import made_once

from .street_files import write_street_files

WORKBOOK = "policeforceareatablesyedecember2024.xlsx"
# what the tests of the extract read, and all that it is built from
MODELS = (
    "+fct_indicator_values",
    "+int_ons_pfa_tables__agreement",
    "+int_source_denominators",
    "+int_lsoa_areas",
    "+int_families",
)

# Made up: a family list without the area itself, a quarter of open data, ages of one authority.
FAMILIES = (
    "scheme,area,neighbour,valid_from,valid_to,source\n"
    "msf,Dudley,Walsall,2015-04-01,,made up\nmsf,E22000337,Wolverhampton,,,made up\n"
    "cipfa,Dudley,Sandwell,,,made up\n"
)
NEWER_FAMILIES = (
    "scheme,area,neighbour,valid_from,valid_to,source\nmsf,Dudley,Leeds,2020-04-01,,made up\n"
)
OPEN_DATA = (
    "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Code,Number of Offences\n"
    "2022/23,1,West Midlands,Dudley,28E,40\n2022/23,1,West Midlands,Dudley,28A,7\n"
    "2022/23,1,West Midlands,Dudley,34B,5\n2022/23,1,West Midlands,Unassigned,34B,2\n"
    '2022/23,1,"London, City of",City of London,34B,3\n'
    # of the most usual categories some: without any this would be a file of selected offences
    "2022/23,1,West Midlands,Dudley,8N,4\n2022/23,1,West Midlands,Dudley,58B,3\n"
    "2022/23,1,West Midlands,Dudley,49,3\n2022/23,1,West Midlands,Dudley,66,3\n"
)
NEWER_OPEN_DATA = OPEN_DATA.replace("34B,5", "34B,6")


def ages(code: str, women: int, men: int) -> str:
    """Give rows of single ages 0 to 90 and over, the same number at each."""
    rows = [
        f"{code},Dudley,{sex},{age}{'+' if age == 90 else ''},2022,{number}"
        for sex, number in (("F", women), ("M", men))
        for age in range(91)
    ]
    return "\n".join(["Area code,Area name,Sex,Age,Year,Population", *rows, ""])


@pytest.fixture(scope="session")
def official_folder(public_data: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    name = f"official_{'extract' if public_data == EXTRACT else 'whole'}"
    return made_once(tmp_path_factory, name, lambda root: _official_folder(root, public_data))


def _official_folder(root: Path, public_data: Path) -> DataFolder:
    folder = DataFolder(root / "data")
    for place, source in (
        ("ons_pfa_tables/2025-04-24", public_data / "ons"),
        ("lookups/2024-06-01", public_data / "lookups"),
        ("population/2024-07-15", public_data / "population"),
    ):
        shutil.copytree(source, folder.raw / place)
    if public_data == EXTRACT:
        write_street_files(public_data, folder.raw)
    else:
        shutil.copytree(public_data / "police_uk", folder.raw / "police_uk" / "2023-01-10")
    for place, text in {
        "families/2024-01-01/families.csv": FAMILIES,
        "families/2024-06-01/families.csv": NEWER_FAMILIES,
        "recorded_crime_open_data/2022-10-27/csp.csv": OPEN_DATA,
        "recorded_crime_open_data/2023-01-26/csp.csv": NEWER_OPEN_DATA,
        "population/2024-08-01/ages.csv": ages("E08000027", 2000, 1900),
    }.items():
        path = folder.raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    report = land_inbox(folder)
    assert [(file.file, file.reason) for file in report.quarantined] == []
    assert report.rows_rejected == 0
    write_catalog(folder)
    selected = list(MODELS) if public_data == EXTRACT else None
    build_without_dbt(folder, load_settings(None), select=selected)
    return folder


@pytest.fixture(scope="session")
def official(official_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(os.fspath(official_folder.database), read_only=True) as connection:
        yield connection
