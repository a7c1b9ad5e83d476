"""The month of a commentary, as people and spreadsheets write it."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from flows.landing.reader import SupplierFile
from flows.landing.sources.commentary import read_commentary

HEADINGS = ["area", "period", "priority", "heading", "text", "author_role"]


def months_of(file: SupplierFile) -> list[date]:
    reading = read_commentary(file)
    assert reading.rejects == []
    months: list[date] = reading.table["month"].to_pylist()
    assert [(one.period_start, one.period_end) for one in reading.coverage] == [
        (date(2025, 9, 1), date(2025, 9, 30))
    ]
    return months


@pytest.mark.parametrize(
    "word", ["2025-09", "Sep 2025", "Sept-25", "Sep-25", "September 2025", "09/2025", "01/09/2025"]
)
def test_a_month_may_be_written_as_the_page_says(word: str) -> None:
    line = f"Dudley,{word},Violence,Outreach,We met 40 people.,Manager"
    data = f"{','.join(HEADINGS)}\n{line}\n".encode()
    assert months_of(SupplierFile("commentary.csv", data)) == [date(2025, 9, 1)]


def test_a_month_that_a_spreadsheet_has_made_a_date_of_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    cells = ["Dudley", datetime(2025, 9, 1), "Violence", "Outreach", "We met 40.", "Manager"]
    book.active.append(cells)
    book.active["B2"].number_format = "mmm-yy"
    stream = io.BytesIO()
    book.save(stream)
    file = SupplierFile("commentary.xlsx", stream.getvalue())
    assert months_of(file) == [date(2025, 9, 1)]


@pytest.mark.parametrize("word", ["30/09/2025", "Q2 2025/26", "2025"])
def test_what_is_no_month_is_rejected_with_the_forms(word: str) -> None:
    lines = [f"Dudley,{period},Violence,Outreach,Text.,Manager" for period in ("2025-09", word)]
    data = "\n".join([",".join(HEADINGS), *lines]).encode()
    reading = read_commentary(SupplierFile("commentary.csv", data))
    (reject,) = reading.rejects
    assert (reject.line, reject.column) == (3, "period")
    assert "Jul 2017" in reject.reason
