"""Months as people write them in headings and cells."""

from __future__ import annotations

import re
from datetime import date

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-01)?", re.ASCII)
_BRITISH = re.compile(r"(?:0?1/)?(\d{1,2})/(\d{4})", re.ASCII)
_WORDED = re.compile(r"([a-z]+)\.?[ -]?(\d{4}|\d{2})|(\d{4})[ -]([a-z]+)", re.ASCII)

MONTH_FORMS = "a month as YYYY-MM, Jul 2017, Jul-17, July 2017, 07/2017 or its first day as a date"


def month_of(text: str) -> date | None:
    """Give the first day of the month that a text stands for, or None where it stands for none.

    Two-digit years are of this century.
    """
    word = " ".join(text.split()).casefold()
    if found := _ISO.fullmatch(word):
        return _first(int(found[1]), int(found[2]))
    if found := _BRITISH.fullmatch(word):
        return _first(int(found[2]), int(found[1]))
    found = _WORDED.fullmatch(word)
    if found is None:
        return None
    name, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    name = "sep" if name == "sept" else name
    for names in (_NAMES, _FULL):
        if name in names:
            number = int(year) + (2000 if len(year) == 2 else 0)
            return _first(number, names.index(name) + 1)
    return None


def _first(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None
