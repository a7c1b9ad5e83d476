"""Months by their first day, and the words that files use for them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date


def months_before(month: date, by: int) -> date:
    """Give the first day of the month so many months before."""
    number = month.year * 12 + month.month - 1 - by
    return date(number // 12, number % 12 + 1, 1)


def first_days(first: date, last: date) -> Iterator[date]:
    """Give the first day of each month from one to another."""
    while first <= last:
        yield first
        first = months_before(first, -1)


def last_day(month: date) -> date:
    """Give the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def financial_quarter(month: date) -> str:
    """Name the quarter of the financial year as suppliers write it: `2017/18 Q2`."""
    year = month.year if month.month >= 4 else month.year - 1
    return f"{year}/{(year + 1) % 100:02d} Q{(month.month - 4) % 12 // 3 + 1}"


def financial_year(month: date) -> str:
    """Name the financial year: `2017/18`."""
    return financial_quarter(month)[:7]
