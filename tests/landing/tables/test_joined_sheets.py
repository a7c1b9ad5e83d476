"""A workbook with its table on several sheets: one table, whose rows have a number each."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox
from flows.landing.ledger.load_records import read_records
from flows.landing.reader import SupplierFile
from flows.landing.sources.asb import RECORDS
from flows.landing.tables.any_format import read_typed
from flows.night.rejects import count_rejects

RETURN_HEADINGS: list[object] = [
    "area",
    "indicator",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
]
QUARTER = ("2025-07-01", "2025-09-30")


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_each_row_has_a_number_of_its_own() -> None:
    data = workbook(
        {
            "Q1": [
                ["title"],
                ["area", "month", "category", "count", "youth"],
                ["Dudley", "2025-04", "nuisance", 50, "yes"],
            ],
            "About": [["nothing here"]],
            # this one says what its rows are, and nothing about youth
            "Q2": [
                ["record type", "area", "month", "category", "count"],
                ["call", "Dudley", "2025-07", "asb", 60],
            ],
        }
    )
    table, rejects, _, _ = read_typed(SupplierFile("asb.xlsx", data), RECORDS)
    assert rejects == []
    found = [
        (r["_row_number"], r["record_type"], r["occurred_on"], r["records"], r["is_youth"])
        for r in table.to_pylist()
    ]
    assert found == [
        (3, "incident", date(2025, 4, 1), 50, "yes"),
        (5, "call", date(2025, 7, 1), 60, None),
    ]


@pytest.fixture
def landed(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    place = folder.raw / "partner_returns" / "2025-10-15"
    place.mkdir(parents=True)
    sheets: dict[str, list[list[object]]] = {
        "First": [
            RETURN_HEADINGS,
            ["Dudley", "opiate_completions", *QUARTER, 61, 1136],
            ["Dudley", "alcohol_completions", *QUARTER, 200, 500],
        ],
        "Revised": [
            RETURN_HEADINGS,
            ["Dudley", "public_confidence", *QUARTER, "none yet", 500],
            ["Dudley", "victim_satisfaction", *QUARTER, "none yet", 500],
            ["Dudley", "opiate_completions", *QUARTER, 65, 1136],
        ],
    }
    (place / "return.xlsx").write_bytes(workbook(sheets))
    assert land_inbox(folder).rows_loaded == 1
    return folder


def test_figures_that_contradict_each_other_across_sheets_do_not_count(landed: DataFolder) -> None:
    table = next((landed.landing / "partner_returns").glob("[!_]*.parquet"))
    rows = pq.read_table(table, partitioning=None).to_pylist()
    assert [row["indicator_id"] for row in rows] == ["alcohol_completions"]


def test_a_reject_names_its_sheet_and_those_of_one_reason_are_counted_together(
    landed: DataFolder,
) -> None:
    found = count_rejects(landed, read_records(landed).values())
    said = [(one.rows, one.first_line, one.reason.split(" for one")[0]) for one in found]
    assert [(rows, line, reason.split(" such as")[0]) for rows, line, reason in said] == [
        (2, 5, "sheet 'Revised', row 2: expected a number"),
        (1, 2, "sheet 'First', row 2: lines 2, 7 give different figures"),
        (1, 7, "sheet 'Revised', row 4: lines 2, 7 give different figures"),
    ]
