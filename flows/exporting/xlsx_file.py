"""Figures as a workbook: a sheet of notes, then one sheet with one table and no merged cell."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from flows.exporting.csv_file import cell
from flows.exporting.figures import COLUMNS
from flows.papers.published import Row

_WIDE = {"sentence": 80, "verdict": 30, "indicator_name": 34, "source_title": 34, "break_note": 40}


def as_xlsx(header: Sequence[tuple[str, str]], rows: Sequence[Row]) -> bytes:
    """Write rows as a workbook; numbers are numbers, dates are dates."""
    workbook = Workbook()
    notes = workbook.active
    if notes is None:
        raise AssertionError("a new workbook has a sheet")
    notes.title = "Notes"
    for name, words in header:
        notes.append([name, words])
    notes.column_dimensions["A"].width = 16
    notes.column_dimensions["B"].width = 100
    for first, second in notes.iter_rows(min_row=1, max_col=2):
        first.font = Font(bold=True)
        second.alignment = Alignment(wrap_text=True, vertical="top")
    sheet = workbook.create_sheet("Figures")
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append(
            [row[name] if isinstance(row[name], bool) else cell(row[name]) for name in COLUMNS]
        )
    for number, name in enumerate(COLUMNS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        width = _WIDE.get(name, max(12, len(name) + 2))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()
