"""The figures of the table right above or below a passage, for what its sentences say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.audit.draft import Passage
from flows.audit.marks import Number, marks_finder
from flows.audit.periods import find_periods
from flows.audit.vocabulary import Vocabulary

_TOTAL_ROW = re.compile(r"^\W*(?:(?:grand|overall)\s)?(?:total|all)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:last|previous|prior|preceding)\s(?:year|period)|\byear\sbefore\b", re.I)
_NOW = re.compile(r"\b(?:this|current|latest)\s(?:year|period)\b", re.IGNORECASE)
_NO_AREA = re.compile(r"(?!)")


class TableBeside:
    """Reads the rows of a table next to a passage, but for those of totals."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._find_marks = marks_finder(vocabulary, _NO_AREA)

    def column(self, passage: Passage, *, below: bool) -> list[Number]:
        """Return its only column of numbers; nothing where a row has another number of them."""
        rows = self._rows(passage, below=below)
        if any(len(numbers) != 1 for _, numbers in rows):
            return []
        return [numbers[0] for _, numbers in rows]

    def moves(self, passage: Passage) -> dict[str, tuple[float, float]]:
        """Return the two figures of each label of the table above, the earlier one first."""
        rows = self._rows(passage, below=False)
        if len(rows) < 2 or any(len(numbers) != 2 for _, numbers in rows):
            return {}
        if not _are_in_order(self._passages[passage.number - 2].columns):
            return {}
        return {label: (numbers[0].value, numbers[1].value) for label, numbers in rows}

    def _rows(self, passage: Passage, *, below: bool) -> list[tuple[str, list[Number]]]:
        rows: list[tuple[str, list[Number]]] = []
        at, step = (passage.number, 1) if below else (passage.number - 2, -1)
        while 0 <= at < len(self._passages) and self._passages[at].kind == "row":
            cells = self._passages[at].cells
            numbers = [self._only_number(cell) for cell in cells[1:]]
            if len(cells) < 2 or None in numbers:
                return []
            if not _TOTAL_ROW.match(cells[0].strip()):
                rows.append((cells[0].strip(), [one for one in numbers if one is not None]))
            at += step
        return rows if below else rows[::-1]

    def _only_number(self, cell: str) -> Number | None:
        marks = self._find_marks(cell, None)
        found = [mark for mark in marks if isinstance(mark, Number)]
        return found[0] if len(found) == 1 and found[0].unit in ("count", "pounds") else None


def _are_in_order(columns: tuple[str, ...]) -> bool:
    """Whether the last two of three columns are headed by an earlier and a later time."""
    if len(columns) != 3:
        return False
    before, now = columns[1:]
    if _BEFORE.search(before) and _NOW.search(now):
        return True
    periods = [find_periods(one) for one in (before, now)]
    return all(len(one) == 1 for one in periods) and periods[0][0].last < periods[1][0].first
