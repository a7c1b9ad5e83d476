"""A table inside a sheet: found by its headers, wherever they stand, and read as a text table.

Official workbooks put titles and remarks above a table and footnotes below it, and both move
from year to year. Nothing here goes by a row's or a column's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from flows.landing.tables.contract import Contract, HeaderMatch, match_header, normalised_header
from flows.landing.tables.refusal import HeadersMissingError
from flows.landing.tables.text import TextTable
from flows.landing.tables.workbook import Sheet

# Titles, sources and remarks above a table take a dozen rows; so many are looked through.
HEADER_WITHIN = 60

_NOTE = re.compile(r"(?i)\s*\[\s*notes?\s*[\d, and]+\]")
_STRAY = re.compile(r"[`\u00a0\u200b\ufeff]")


def tidy(text: str) -> str:
    """Take out of a cell what is there for the eye: note marks, line breaks, backticks, spaces."""
    return re.sub(r"\s+", " ", _NOTE.sub("", _STRAY.sub(" ", text))).strip()


def find_tables(
    sheets: Iterable[Sheet], contract: Contract
) -> list[tuple[Sheet, int, HeaderMatch]]:
    """Find the contract's headers: on each sheet that has them, the row (from 0) they stand on.

    Raises FileRefusedError saying which headers were looked for, where, and what came nearest.
    """
    wanted = [column for column in contract.columns if column.in_header]
    names = {
        normalised_header(name): column.name
        for column in wanted
        for name in (column.header, *column.aliases)
    }
    tables: list[tuple[Sheet, int, HeaderMatch]] = []
    best: tuple[int, str, int, list[str]] = (0, "", 0, [])
    looked_at = []
    for sheet in sheets:
        looked_at.append(f"'{sheet.name.strip()}'")
        for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            headers = [tidy(cell) for cell in row]
            found = {names[key] for h in headers if (key := normalised_header(h)) in names}
            if len(found) == len(wanted):
                tables.append((sheet, at, match_header(contract, headers)))
                break
            if len(found) > best[0]:
                missing = [column.header for column in wanted if column.name not in found]
                best = (len(found), sheet.name.strip(), at + 1, missing)
    if tables:
        return tables
    nearest = (
        f"; nearest is sheet '{best[1]}', row {best[2]}, which lacks {', '.join(best[3])}"
        if best[0]
        else ""
    )
    raise HeadersMissingError(
        f"no table with the headers {', '.join(c.header for c in wanted)} was found in the first "
        f"{HEADER_WITHIN} rows of {', '.join(looked_at) or 'any sheet'}{nearest}",
        line=best[2] or None,
        expected="one row with all these headers, in any order",
        next_step="compare the layout with the last file that was read; if it has changed for "
        "good, add the new header as an alias to the reader's contract",
    )


def text_table(sheet: Sheet, header_at: int, match: HeaderMatch) -> TextTable:
    """Read the rows below a header as text; blank rows and footnotes below are no rows.

    A footnote is a row after the table whose only filled cell is the first.
    """
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, row in enumerate(sheet.rows[header_at + 1 :], start=header_at + 2):
        cells = [tidy(cell) for cell in row]
        if not any(cells):
            continue
        rows.append(cells)
        numbers.append(number)
    while rows and [bool(cell) for cell in rows[-1]].count(True) == 1 and rows[-1][0]:
        if match.width <= 1:
            break
        rows.pop()
        numbers.pop()
    columns = {}
    for at, column in match.positions.items():
        array = pa.array([(row[at] if at < len(row) else "") or None for row in rows], pa.string())
        columns[column.name] = array.dictionary_encode() if column.repeats else array
    texts = dict(zip(numbers, rows, strict=True))
    return TextTable(
        columns,
        pa.array(numbers, pa.int64()),
        "workbook",
        lambda line: raw_row(texts[line]),
        unknown_headers=tuple(header for header in match.unknown if header),
    )


def raw_row(cells: list[str]) -> str:
    """Write a sheet's row as one line of text, for the rejects."""
    return " | ".join(cells)
