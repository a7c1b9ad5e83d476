"""Home Office open data: every container and spelling of its headers, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.recorded_crime_open_data import quarter_bounds, read_offences
from flows.landing.tables.refusal import FileRefusedError
from tests.landing.sources.force.conftest import CODE_OF_EACH_CATEGORY

from .workbooks import Sheets, ods, xlsx

HEADERS = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "CSP Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
]
ROW = ["2017/18", 1, "West Midlands", "Dudley", "Burglary", "Theft offences", "Domestic", "28E", 12]


def as_csv(*rows: list[Any]) -> bytes:
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows).encode()


def read(data: bytes, name: str = "open-data.csv") -> Reading:
    return read_offences(SupplierFile(name, data))


def test_a_row_lands_as_supplied() -> None:
    (row,) = read(as_csv(HEADERS, ROW)).table.to_pylist()
    assert row == {
        "financial_year": "2017/18",
        "financial_quarter": "1",
        "force_name": "West Midlands",
        "csp_code": None,
        "csp_name": "Dudley",
        "offence_code": "28E",
        "offence_description": "Burglary",
        "offence_group": "Theft offences",
        "offence_subgroup": "Domestic",
        "offences": 12.0,
        "_row_number": 2,
    }


def test_workbooks_with_a_sheet_a_year_and_titles_above_land_whole() -> None:
    later = ["2018/19", 4, *ROW[2:]]
    sheets: Sheets = {
        "Cover": [["Police recorded crime open data"]],
        "2017-18": [["A title"], [], HEADERS, ROW],
        "2018-19 ": [HEADERS, later],
    }
    for name, data in (("a.ods", ods(sheets)), ("a.xlsx", xlsx(sheets))):
        reading = read(data, name)
        rows = reading.table.to_pylist()
        # rows are numbered on from sheet to sheet
        assert [(r["financial_year"], r["_row_number"]) for r in rows] == [
            ("2017/18", 4),
            ("2018/19", 6),
        ]
        assert [(c.scope, c.period_start, c.period_end) for c in reading.coverage] == [
            ("Dudley", date(2017, 4, 1), date(2017, 6, 30)),
            ("Dudley", date(2019, 1, 1), date(2019, 3, 31)),
        ]


def test_files_by_force_need_no_partnership_and_say_force() -> None:
    headers = [
        "",
        "Financial_Year",
        "Financial_Quarter",
        "Force_Name",
        "Offence_Code",
        "Number_of_Offences",
        "Policeuk_Cat",
    ]
    reading = read(as_csv(headers, [0, "2017/18", 2, "West Midlands", "28E", 5, "Burglary"]))
    assert reading.scope == "by force"
    assert [c.scope for c in reading.coverage] == ["West Midlands (force)"]
    assert reading.notes == ["columns not in the contract, not read: Policeuk_Cat"]


@pytest.mark.parametrize(
    ("quarter", "bounds"),
    [
        ("1", (date(2019, 4, 1), date(2019, 6, 30))),
        ("Q2", (date(2019, 7, 1), date(2019, 9, 30))),
        ("3", (date(2019, 10, 1), date(2019, 12, 31))),
        ("4", (date(2020, 1, 1), date(2020, 3, 31))),
    ],
)
def test_a_quarter_of_a_financial_year(quarter: str, bounds: tuple[date, date]) -> None:
    assert quarter_bounds("2019/20", quarter) == bounds


def test_a_negative_count_is_one() -> None:
    reading = read(as_csv(HEADERS, [*ROW[:-1], -2]))
    assert reading.table.column("offences").to_pylist() == [-2.0]


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (0, "2017", "Financial Year"),
        (1, "5", "Financial Quarter"),
        (2, "", "Force Name"),
        (7, "", "Offence Code"),
        (8, "", "Number of Offences"),
    ],
)
def test_a_row_that_breaks_the_contract_is_rejected_alone(at: int, value: str, column: str) -> None:
    bad = list(ROW)
    bad[at] = value
    reading = read(as_csv(HEADERS, bad, ROW))
    assert reading.table.num_rows == 1
    assert [(reject.line, reject.column) for reject in reading.rejects] == [(2, column)]


def test_a_workbook_without_the_table_says_what_came_nearest() -> None:
    sheets = {"Cover": [["Title"]], "Data": [["x"], [*HEADERS[:-2], "Code", "Number"]]}
    with pytest.raises(FileRefusedError) as refused:
        read(xlsx(sheets), "a.xlsx")
    assert "nearest is sheet 'Data', row 2, which lacks Offence Code, Number of Offences" in (
        refused.value.problem
    )
    assert refused.value.line == 2


def test_note_marks_and_line_breaks_in_a_sheets_headers_do_not_matter() -> None:
    headers = [*HEADERS[:-2], "Offence\nCode [note 1]", "Number of Offences [notes 2 and 3]"]
    reading = read(xlsx({"Data": [headers, ROW]}), "a.xlsx")
    assert reading.table.column("offence_code").to_pylist() == ["28E"]
    assert reading.notes == []


def test_a_file_cut_to_some_offences_says_nothing_of_the_others() -> None:
    violence = [[*ROW[:7], code, 200] for code in ("8N", "105A", "8L")]
    cut = read(as_csv(HEADERS, *violence))
    covered = {part.indicator_id for part in cut.coverage}
    assert "violence_with_injury" in covered
    assert not covered & {"*", "robbery", "sexual_offences", "total_recorded_crime"}
    assert any("Robbery, Sexual offences" in note for note in cut.notes)
    every = [[*ROW[:7], code, 200] for code in CODE_OF_EACH_CATEGORY]
    whole = read(as_csv(HEADERS, *every))
    assert {part.indicator_id for part in whole.coverage} == {"*"}
    # a force that took some back or says that there was none, and a place with few offences
    others = [row for row in every if row[7] not in ("34B", "46")]
    back = [[*ROW[:7], "34B", -3], [*ROW[:7], "46", 0]]
    taken_back = read(as_csv(HEADERS, *others, *others, *others, *back))
    assert {part.indicator_id for part in taken_back.coverage} == {"*"}
    assert {part.indicator_id for part in read(as_csv(HEADERS, ROW)).coverage} == {"*"}
