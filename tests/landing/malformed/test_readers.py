"""Whatever a file holds: rows and rejects are all its lines, or it is refused with a reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.landing.reader import Reader, Reading, SupplierFile
from flows.landing.sources import SOURCES
from flows.landing.tables.decoding import to_utf8
from flows.landing.tables.refusal import FileRefusedError
from tests.exploring import tried
from tests.landing.sources.force.conftest import MAPPING
from tests.landing.sources.official.workbooks import ons_sheets, xlsx

from ..lines import check_every_line_is_told, check_inside_a_row
from .damage import xlsx_of
from .good_files import ROWS, place, rows

GOOD_LINES = 6
WORDS = st.sampled_from(
    (
        *("", " ", '"a,b"', '"', '""', "\0", "é", "=1+1", "-1", "1.5", "1e999", "nan", "[x]"),
        *("31/02/2017", "2017-07-14", "14/07/2017", "2017/18 Q2", "Dudley", "West Midlands"),
        *("yes", "x" * 600),
    )
)


@st.composite
def lines_of(draw: st.DrawFn, kind: str) -> list[str]:
    """Draw lines of a kind of table: good ones, with a field changed, repeated, or of any words."""
    good = [list(one.values()) for one in rows(kind, GOOD_LINES)]
    drawn = []
    for _ in range(draw(st.integers(0, 8))):
        line = list(draw(st.sampled_from(good)))
        what = draw(st.sampled_from(["good", "changed", "changed", "ragged", "words"]))
        if what == "changed":
            line[draw(st.integers(0, len(line) - 1))] = draw(WORDS)
        elif what == "ragged":
            line = line[: draw(st.integers(0, len(line) + 1))] or ["x"]
        elif what == "words":
            line = draw(st.lists(WORDS, max_size=len(line) + 2))
        drawn.append(",".join(line))
    return drawn


@pytest.fixture(scope="module")
def mappings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mappings")
    (folder / "west-midlands.yml").write_text(MAPPING)
    return folder


def read(reader: Reader, name: str, data: bytes, mappings: Path) -> Reading | None:
    """Read a file as landing does; None where it is refused, with a reason to act on."""
    file = SupplierFile(name, data, name, date(2025, 10, 3), mappings, lambda: b"k" * 32)
    try:
        return reader.read(file)
    except FileRefusedError as refusal:
        reason = refusal.reason("x.csv")
        assert " Expected: " in reason
        assert " Next: " in reason
        return None


def reader_of(kind: str) -> tuple[Reader, str]:
    source, name = place(kind)
    reader = SOURCES[source].reader_for(name)
    assert reader is not None
    return reader, name


def test_every_reader_is_tried_here() -> None:
    tried = {id(reader_of(kind)[0].read) for kind in ROWS}
    every = {
        (source, reader.dataset): id(reader.read)
        for source in SOURCES
        for reader in SOURCES[source].readers
    }
    # the workbook of police force areas has no lines; it is tried below
    assert {name for name, reader in every.items() if reader not in tried} == {
        ("ons_pfa_tables", "ons_pfa_tables")
    }


@pytest.mark.parametrize("kind", ROWS)
@settings(max_examples=tried(15), deadline=None)
@given(data=st.data())
def test_rows_and_rejects_are_all_lines(kind: str, mappings: Path, data: st.DataObject) -> None:
    drawn = data.draw(lines_of(kind))
    noise = data.draw(st.binary(max_size=6))
    header = ",".join(rows(kind, 1)[0])
    content = "\n".join([header, *drawn]).encode() + b"\n" + noise
    reader, name = reader_of(kind)
    reading = read(reader, name, content, mappings)
    if reading is None:
        return
    body = re.split("\r\n|\n|\r", to_utf8(content)[0].decode())[1:]
    numbers = [number for number, line in enumerate(body, start=2) if line.strip()]
    seen = [*reading.table["_row_number"].to_pylist(), *(one.line for one in reading.rejects)]
    if kind == "population":  # a cell that is empty or shorthand is no number, and no line of it
        assert len(set(seen)) == len(seen)
        assert set(seen) <= set(numbers)
        filled = {n for n in numbers if re.search(r",\d+$", body[n - 2].strip())}
        lines = [header, *body]
        check_inside_a_row(lines, set(seen), filled - set(seen), header.count(",") + 1)
        return
    check_every_line_is_told(content, seen)


CELLS = st.sampled_from(
    ["", " ", "x", "[x]", "[u1]", "about 60", -1, 1.5, 1e300, True, "E22000337", "Dudley", None]
)


@settings(max_examples=tried(15), deadline=None)
@given(
    sheet=st.sampled_from(sorted(ons_sheets())),
    row=st.integers(0, 9),
    column=st.integers(0, 12),
    cell=CELLS,
)
def test_any_cell_of_the_ons_workbook_is_read_rejected_or_refused(
    sheet: str, row: int, column: int, cell: object
) -> None:
    sheets = ons_sheets()
    cells = sheets[sheet]
    if row < len(cells) and column < len(cells[row]):
        cells[row][column] = cell
    (reader,) = SOURCES["ons_pfa_tables"].readers
    reading = read(reader, "tables.xlsx", xlsx(sheets), Path())
    if reading is None:
        return
    assert reading.rows_read >= 1
    assert all(one.reason and one.line >= 1 for one in reading.rejects)


@settings(max_examples=tried(15), deadline=None)
@given(cells=st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8))
def test_workbooks_of_a_long_table_lose_no_row(cells: list[list[Any]]) -> None:
    header: list[Any] = list(rows("targets", 1)[0])
    reader, _ = reader_of("targets")
    reading = read(reader, "targets.xlsx", xlsx_of([header, *cells]), Path())
    assert reading is not None
    text = [[str(cell or "").strip() for cell in row] for row in cells]
    filled = [at for at, row in enumerate(text, start=2) if any(row)]
    # a row below the table whose only filled cell is the first is a footnote
    while filled and [bool(c) for c in text[filled[-1] - 2]] == [True, *[False] * 4]:
        filled.pop()
    seen = [*reading.table["_row_number"].to_pylist(), *(one.line for one in reading.rejects)]
    assert sorted(seen) == filled
