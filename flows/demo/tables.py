"""CSV text as suppliers write it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flows.demo.spreadsheet import Cell

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_text(rows: Iterable[Sequence[Cell]], newline: str = "\n") -> str:
    """Write rows as CSV, quoted where needed."""
    text = StringIO()
    csv.writer(text, lineterminator=newline).writerows(rows)
    return text.getvalue()
