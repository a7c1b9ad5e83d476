"""One table of several sheets of a workbook: their rows are numbered on from sheet to sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import pyarrow as pa

from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.csv_text import arrow_type
from flows.landing.tables.text import TextTable
from flows.landing.tables.workbook import Sheet

Place = Callable[[int], str]
"""Says where a line is where its number alone does not: "sheet 'B', row 3: "."""


def joined_sheets(
    found: Sequence[tuple[Sheet, TextTable]], contract: Contract
) -> tuple[TextTable, Place]:
    """Put the tables of sheets under each other, as one whose lines have a number each.

    A column that a sheet lacks is empty in its rows, or has the contract's default.
    """
    if len(found) == 1:
        return found[0][1], lambda line: ""
    starts: list[int] = []
    offset = 0
    lines = []
    for sheet, table in found:
        starts.append(offset)
        lines.append(pa.array([line + offset for line in table.lines.to_pylist()], pa.int64()))
        offset += len(sheet.rows)
    columns = {
        column.name: _joined_column(column, [table for _, table in found])
        for column in contract.columns
        if any(column.name in table.columns for _, table in found)
    }

    def on_sheet(line: int) -> tuple[int, int]:
        """Give the sheet of a line, and its row on it."""
        at = bisect_left(starts, line) - 1
        return at, line - starts[at]

    def place(line: int) -> str:
        at, row = on_sheet(line)
        return f"sheet '{found[at][0].name.strip()}', row {row}: "

    def raw_line(line: int) -> str:
        at, row = on_sheet(line)
        return found[at][1].raw_line(row)

    tables = [table for _, table in found]
    joined = TextTable(
        columns,
        pa.concat_arrays(lines),
        tables[0].encoding,
        raw_line,
        unknown_headers=tuple(
            dict.fromkeys(header for table in tables for header in table.unknown_headers)
        ),
        notes=tuple(dict.fromkeys(note for table in tables for note in table.notes)),
    )
    return joined, place


def _joined_column(column: Column, tables: list[TextTable]) -> pa.Array:
    parts = []
    for table in tables:
        part = table.columns.get(column.name)
        if part is None:
            part = pa.array([column.default or None] * len(table.lines), pa.string())
        parts.append(part.cast(pa.string()))
    array = pa.concat_arrays(parts)
    if column.repeats:
        array = array.dictionary_encode()
    return array if array.type == arrow_type(column) else array.cast(arrow_type(column))
