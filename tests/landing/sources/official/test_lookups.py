"""Area lookups: levels and vintages come from the headers; rows land as they are."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.lookups import LevelHeader, level_header, read_lookup
from flows.landing.tables.refusal import FileRefusedError
from tests.conftest import EXTRACT

from .workbooks import xlsx

TEXT = (
    "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name\n"
    "E01009862,Dudley 012A,E05001241,Brierley Hill,E08000027,Dudley\n"
)


def read(data: bytes, name: str = "lookup.csv") -> Reading:
    return read_lookup(SupplierFile(name, data))


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("lsoa21_code", LevelHeader("lsoa21_code", 2021)),
        ("LSOA11NM", LevelHeader("lsoa11_name", 2011)),
        ("WD24CD", LevelHeader("ward_code", 2024)),
        ("ltla22_name", LevelHeader("lad_name", 2022)),
        ("LAD 2023 Code", LevelHeader("lad_code", 2023)),
        ("csp24_code", LevelHeader("csp_code", 2024)),
        ("pfa24_code", LevelHeader("force_code", 2024)),
        ("LSOA Code", None),
        ("lsoa01_code", None),
        ("easting", None),
    ],
)
def test_a_header_says_level_and_vintage(header: str, found: LevelHeader | None) -> None:
    assert level_header(header) == found


@pytest.mark.parametrize("packed", [False, True])
def test_a_lookup_lands_with_its_vintages(packed: bool) -> None:
    data, name = TEXT.encode(), "lookup.csv"
    reading = read(gzip.compress(data), f"{name}.gz") if packed else read(data)
    (row,) = reading.table.to_pylist()
    assert (row["lsoa21_code"], row["ward_code"], row["lad_code"]) == (
        "E01009862",
        "E05001241",
        "E08000027",
    )
    assert (row["ward_vintage"], row["lad_vintage"], row["csp_vintage"]) == ("2024", "2024", None)
    assert reading.scope == "lsoa21 > ward24 > lad24"


def test_a_workbook_lands_the_same() -> None:
    sheets = {"Lookup": [["Title"], *[line.split(",") for line in TEXT.splitlines()]]}
    found = read(xlsx(sheets), "lookup.xlsx").table.drop_columns(["_row_number"]).to_pylist()
    assert found == read(TEXT.encode()).table.drop_columns(["_row_number"]).to_pylist()


def test_an_authority_on_several_rows_stays_on_them() -> None:
    reading = read(b"lad24_code,csp24_code\nE06000063,E22000031\nE06000063,E22000033\n")
    assert reading.table.num_rows == 2


def test_a_missing_code_is_rejected() -> None:
    reading = read(b"lad24_code,csp24_code\nE08000027,\n")
    assert [(reject.line, reject.column) for reject in reading.rejects] == [(2, "csp24_code")]


@pytest.mark.parametrize("text", ["lsoa21_code,name\nE01009862,x\n", "a,b\n1,2\n", ""])
def test_what_joins_no_two_levels_is_refused(text: str) -> None:
    with pytest.raises(FileRefusedError, match=r"levels? were found|empty"):
        read(text.encode())


def test_the_real_lookups_land_whole(public_data: Path) -> None:
    whole = public_data != EXTRACT
    expected = {
        "lad24_csp24_pfa24.csv": (332, "lad24 > csp24 > force24"),
        "lsoa11_lsoa21_lad22.csv.gz": (35_795 if whole else 760, "lsoa11 > lsoa21 > lad22"),
        "lsoa21_ward24_lad24.csv.gz": (35_672 if whole else 760, "lsoa21 > ward24 > lad24"),
    }
    for name, (rows, scope) in expected.items():
        reading = read((public_data / "lookups" / name).read_bytes(), name)
        assert (reading.table.num_rows, reading.scope) == (rows, scope)
        assert reading.rejects == []
