"""Figures as CSV: the header lines begin with a number sign, then one row per figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from flows.exporting.figures import COLUMNS
from flows.papers.published import Row
from flows.reporting.spreadsheet_text import as_plain_text


def as_csv(header: Sequence[tuple[str, str]], rows: Sequence[Row]) -> bytes:
    """Write rows as CSV in UTF-8 with a byte order mark, so that a spreadsheet reads its accents.

    `pandas.read_csv(file, comment="#")` would cut text at a number sign: use `skiprows` with the
    number of header lines instead.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for name, words in header:
        writer.writerow([f"# {name}: {words}"])
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(row[name]) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """Write one value as a spreadsheet reads it: whole numbers without a point, true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return as_plain_text(value)
    return value
