"""Financial years and quarters as partnerships write them: `2017/18`, `2017/18 Q2`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.calendar_months import financial_quarter_days, financial_year_days
from flows.landing.tables.typed_values import Fault

if TYPE_CHECKING:
    from flows.landing.tables.typed_values import RowRule

QUARTER_PATTERN = r"\d{4}/\d{2} Q[1-4]"
PERIOD_PATTERN = r"\d{4}/\d{2}(?: Q[1-4])?"

_PERIOD = re.compile(r"(\d{4})/(\d{2})(?: Q([1-4]))?", re.ASCII)


def days_of(period: str) -> tuple[date, date] | None:
    """Give the first and last day of `2017/18` or `2017/18 Q2`, or None where it is neither."""
    found = _PERIOD.fullmatch(period.strip())
    if found is None:
        return None
    year = int(found.group(1))
    if not 1 <= year < 9999 or (year + 1) % 100 != int(found.group(2)):
        return None
    if found.group(3) is None:
        return financial_year_days(year)
    return financial_quarter_days(year, int(found.group(3)))


def years_follow(column: str, header: str) -> RowRule:
    """Make a rule: the two years of a period follow each other (2017/18, never 2017/19)."""

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        words = table.column(column).to_pylist()
        wrong = [word is not None and days_of(word) is None for word in words]
        reason = "expected a financial year whose two years follow each other, such as 2017/18"
        return [Fault(header, reason, pa.array(wrong, pa.bool_()))]

    return rule
