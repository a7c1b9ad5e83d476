"""Financial years and quarters as people write them: `2017/18`, `2017-18 Q2`, `Q2 2017/18`."""

from __future__ import annotations

import re
from datetime import date

from flows.calendar_months import financial_quarter_days, financial_year_days

_YEAR = r"((?:19|20)\d\d) ?[/\u2010-\u2013-] ?(\d{4}|\d{2})"
_QUARTER = r"q(?:uarter)? ?([1-4])"
_PERIOD = re.compile(rf"{_YEAR}(?:,? ?{_QUARTER})?", re.ASCII)
_QUARTER_FIRST = re.compile(rf"{_QUARTER},? ?{_YEAR}", re.ASCII)

YEAR_FORMS = "a financial year whose two years follow each other, such as 2017/18 or 2017-18"
QUARTER_FORMS = (
    "a quarter of a financial year whose two years follow each other, such as 2017/18 Q2 or "
    "Q2 2017-18"
)
PERIOD_FORMS = f"{YEAR_FORMS}, or a quarter of it, such as 2017/18 Q2 or Q2 2017-18"


def financial_period(text: str) -> str | None:
    """Give the label of the period that a text names: `2017/18` or `2017/18 Q2`; None for none."""
    word = " ".join(text.split()).casefold()
    if found := _PERIOD.fullmatch(word):
        first, second, quarter = found.groups()
    elif found := _QUARTER_FIRST.fullmatch(word):
        quarter, first, second = found.groups()
    else:
        return None
    year, after = int(first), int(first) + 1
    if int(second) != (after if len(second) == 4 else after % 100):
        return None
    label = f"{year}/{after % 100:02d}"
    return f"{label} Q{quarter}" if quarter else label


def financial_year(text: str) -> str | None:
    """Give the label of the financial year that a text names, or None."""
    label = financial_period(text)
    return None if label is None or "Q" in label else label


def financial_quarter(text: str) -> str | None:
    """Give the label of the quarter of a financial year that a text names, or None."""
    label = financial_period(text)
    return label if label is not None and "Q" in label else None


def days_of(period: str) -> tuple[date, date] | None:
    """Give the first and last day of a period however it is written, or None where it is none."""
    label = financial_period(period)
    if label is None:
        return None
    year = int(label[:4])
    if "Q" in label:
        return financial_quarter_days(year, int(label[-1]))
    return financial_year_days(year)
