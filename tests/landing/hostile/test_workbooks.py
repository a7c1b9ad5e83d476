"""A workbook that would end its reader costs itself only, and no cell of the others is lost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import openpyxl
import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.force_counts import read_force_counts
from flows.landing.tables import workbook
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.workbook import read_workbook
from flows.landing.tables.workbook_sheets import sheets_of

from .binary_workbooks import xls, xlsb
from .workbook_files import READ, REFUSED, REJECTED, book


def read(name: str, data: bytes) -> Reading:
    return read_force_counts(SupplierFile(name, data))


# Until their reader has no memory or time left, these two take it.
_LONG = ("million-columns.xlsx", "long-strings.xlsx")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] if name in _LONG else []) for name in REFUSED],
)
def test_a_hostile_workbook_is_refused(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(FileRefusedError) as refused:
        read(name, data)
    reason = refused.value.reason(name)
    assert words in reason
    assert " Expected: " in reason
    assert " Next: " in reason


@pytest.mark.parametrize("name", READ)
def test_a_sound_workbook_is_read(name: str) -> None:
    reading = read(name, READ[name])
    assert reading.table["count"].to_pylist() == [3, 4, 5, 6]
    assert reading.rejects == []


@pytest.mark.parametrize("name", REJECTED)
def test_a_cell_with_an_error_is_a_reject_and_not_lost(name: str) -> None:
    reading = read(name, REJECTED[name])
    assert reading.table["count"].to_pylist() == [4, 5, 6]
    (reject,) = reading.rejects
    assert (reject.line, reject.column) == (2, "2025-07")
    assert "error of the spreadsheet" in reject.reason
    assert reading.rows_read == 4


@pytest.mark.parametrize("write", [xlsb, xls])
def test_errors_of_binary_workbooks_are_not_lost(
    write: Callable[[list[list[str | float | None]]], bytes],
) -> None:
    rows: list[list[str | float | None]] = [["area", "n"], ["Dudley", None], ["Walsall", None]]
    (sheet,) = read_workbook(write([*rows, ["Solihull", 5.0]]))
    assert sheet.rows == [
        ["area", "n"],
        ["Dudley", "#REF!"],
        ["Walsall", "#REF!"],
        ["Solihull", "5"],
    ]


def test_a_reader_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SECONDS", 0.01)
    start = time.monotonic()
    with pytest.raises(FileRefusedError, match="its reader does not end within"):
        read_workbook(book())
    assert time.monotonic() - start < 20


def test_a_reader_without_memory_costs_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MEGABYTES", 20)

    def long_texts(one: openpyxl.Workbook) -> None:
        letters = random.Random(1)  # noqa: S311  # texts that no archive packs well
        for _ in range(200):
            one.worksheets[0].append([letters.randbytes(2_500).hex() for _ in range(20)])

    with pytest.raises(FileRefusedError, match="its reader needs more than"):
        read_workbook(book(long_texts))


def test_the_process_gives_what_reading_in_place_gives() -> None:
    data = READ["sound.xlsx"]
    assert [(sheet.name, sheet.rows) for sheet in read_workbook(data)] == list(sheets_of(data))
