"""Populations in the layouts in which the ONS gives them: one long table comes of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.population import read_population
from flows.landing.tables.refusal import FileRefusedError
from tests.conftest import EXTRACT

from .workbooks import Sheets, xlsx

DUDLEY = ("E08000027", "Dudley")


def read(text: str, name: str = "population.csv") -> Reading:
    return read_population(SupplierFile(name, text.encode()))


def read_workbook(sheets: Sheets, name: str = "population.xlsx") -> Reading:
    return read_population(SupplierFile(name, xlsx(sheets)))


def facts(reading: Reading) -> list[tuple[Any, ...]]:
    """Area, kind, sex, ages, year and number of every row."""
    names = ("area_code", "population_kind", "sex", "age_from", "age_to", "year", "population")
    return [tuple(row[name] for name in names) for row in reading.table.to_pylist()]


def test_long_by_age_and_sex() -> None:
    reading = read(
        "Area code,Area name,Sex,Age,Year,Population\n"
        "E08000027,Dudley,F,16,2023,1800\nE08000027,Dudley,2,90+,2023,900\n"
        "E08000027,Dudley,Males,All ages,2023,160000\nE08000027,Dudley,persons,10-17,2023,31000\n"
    )
    assert facts(reading) == [
        ("E08000027", "residents", "females", 16, 16, 2023, 1800),
        ("E08000027", "residents", "females", 90, None, 2023, 900),
        ("E08000027", "residents", "males", 0, None, 2023, 160000),
        ("E08000027", "residents", "persons", 10, 17, 2023, 31000),
    ]
    assert [(c.scope, c.period_start.year) for c in reading.coverage] == [("residents", 2023)]


def test_wide_by_year_as_in_the_detailed_series() -> None:
    reading = read(
        "ladcode23,laname23,country,sex,age,population_2022,population_2023\n"
        "E08000027,Dudley,E,M,0,1700,1650\n"
    )
    assert facts(reading) == [
        ("E08000027", "residents", "males", 0, 0, 2022, 1700),
        ("E08000027", "residents", "males", 0, 0, 2023, 1650),
    ]


def test_wide_by_age_a_sheet_a_sex_the_year_in_the_title() -> None:
    header = ["Code", "Name", "Geography", "All ages", 0, 1, "90+"]
    reading = read_workbook(
        {
            "Notes": [["Code", "Name", "All ages"], [*DUDLEY, 1]],
            "MYE2 - Females": [
                ["MYE2: Population estimates by single year of age and sex, mid-2023"],
                [],
                header,
                [*DUDLEY, "Metropolitan District", 165000, 1500, 1510, 2000],
                ["Footnote"],
            ],
            "MYE5 density": [header, [*DUDLEY, "x", 1, 1, 1, 1]],
        }
    )
    assert facts(reading) == [
        ("E08000027", "residents", "females", 0, None, 2023, 165000),
        ("E08000027", "residents", "females", 0, 0, 2023, 1500),
        ("E08000027", "residents", "females", 1, 1, 2023, 1510),
        ("E08000027", "residents", "females", 90, None, 2023, 2000),
    ]


def test_small_areas_wide_by_sex_and_age_take_the_finest_code() -> None:
    reading = read(
        "LAD 2023 Code,LAD 2023 Name,LSOA 2021 Code,LSOA 2021 Name,Total,F0,F90,M0\n"
        "E08000027,Dudley,E01009862,Dudley 012A,1500,8,3,9\n",
        "sapelsoa-mid-2022.csv",
    )
    assert facts(reading) == [
        ("E01009862", "residents", "persons", 0, None, 2022, 1500),
        ("E01009862", "residents", "females", 0, 0, 2022, 8),
        ("E01009862", "residents", "females", 90, None, 2022, 3),
        ("E01009862", "residents", "males", 0, 0, 2022, 9),
    ]


def test_households_by_year() -> None:
    reading = read_workbook(
        {
            "406": [
                ["Household projections"],
                ["Area code", "Area name", "2020", 2021],
                [*DUDLEY, 135000, 137056],
            ]
        }
    )
    assert facts(reading) == [
        ("E08000027", "households", "persons", 0, None, 2020, 135000),
        ("E08000027", "households", "persons", 0, None, 2021, 137056),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,F,16,2023,1", "Area code"),
        ("E08000027,Dudley,x,16,2023,1", "Sex"),
        ("E08000027,Dudley,F,young,2023,1", "Age"),
        ("E08000027,Dudley,F,17-10,2023,1", "Age"),
        ("E08000027,Dudley,F,16,23,1", "Year"),
    ],
)
def test_a_row_that_says_too_little_is_rejected(row: str, column: str) -> None:
    reading = read(f"Area code,Area name,Sex,Age,Year,Population\n{row}\n")
    assert [(reject.line, reject.column) for reject in reading.rejects] == [(2, column)]
    assert reading.table.num_rows == 0


def test_shorthand_is_left_out_and_told() -> None:
    reading = read("Code,Name,2022,2023\nE08000027,Dudley,[x],325000\n")
    assert len(facts(reading)) == 1
    assert reading.notes == ["1 cells hold shorthand instead of a number and are left out"]


@pytest.mark.parametrize("text", ["Name,Geography\nDudley,LAD\n", "a,b\n1,2\n", "\n\n"])
def test_what_is_no_table_of_people_is_refused(text: str) -> None:
    with pytest.raises(FileRefusedError):
        read(text)


def test_the_real_estimates_of_dudley(public_data: Path) -> None:
    path = public_data / "population" / "la_population_2011_2023.csv"
    reading = read_population(SupplierFile(path.name, path.read_bytes()))
    assert reading.rejects == []
    assert reading.rows_read == (936 if public_data == EXTRACT else 4641)
    assert [c.period_start.year for c in reading.coverage] == list(range(2011, 2024))


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    header = "Area code,Area name,Year,Population\n"
    lines = [f"E0800002{n},Place {n},2023,{1000 + n}\n" for n in range(6)]
    lines[2] = 'E08000022,"Place 2,2023,1002\n'
    reading = read(header + "".join(lines))
    assert [(one.line, one.raw_text) for one in reading.rejects] == [(4, lines[2].rstrip())]
    assert reading.table["_row_number"].to_pylist() == [2, 3, 5, 6, 7]
    # two of them do not swallow what lies between
    lines[4] = 'E08000024,Place 4",2023,1004\n'
    reading = read(header + "".join(lines))
    assert [one.line for one in reading.rejects] == [4, 6]
    assert reading.table["_row_number"].to_pylist() == [2, 3, 5, 7]


def test_a_quoted_field_may_span_lines() -> None:
    reading = read(
        'Title,,\n"Area\ncode",Area name,"Population\n2023"\n'
        'E08000027,"Dudley\n(Metropolitan\nBorough)","320,000"\nE08000031,Wolverhampton,260000\n'
    )
    assert reading.rejects == []
    assert reading.table["_row_number"].to_pylist() == [5, 8]
    assert reading.table["area_name"].to_pylist() == [
        "Dudley (Metropolitan Borough)",
        "Wolverhampton",
    ]
