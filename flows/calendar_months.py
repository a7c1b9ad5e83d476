"""Months, and the financial years and quarters made of them: all arithmetic of the calendar.

A month is a day of it, and what is returned for a month is its first day unless the name says its
end. A financial year is named by the calendar year in which its April lies: 2017 is 2017/18.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS_OF_A_YEAR = 12
APRIL = 4


def month_start(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Give the last day of a day's month."""
    return end_of_month(day.year, day.month)


def end_of_month(year: int, month: int) -> date:
    """Give the last day of a month by its numbers. Raises ValueError where there is no such one."""
    return date(year, month, monthrange(year, month)[1])


def month_number(day: date) -> int:
    """Give the number of a day's month; those of neighbouring months differ by 1."""
    return day.year * MONTHS_OF_A_YEAR + day.month - 1


def add_months(day: date, months: int) -> date:
    """Give the first day of the month so many months after a day's, or before it if negative.

    Raises ValueError beyond the years 1 to 9999.
    """
    return _first_day(month_number(day) + months)


def months_apart(first: date, last: date) -> int:
    """Count the months from one day's to another's: 1 for neighbours, negative if it is earlier."""
    return month_number(last) - month_number(first)


def months_from(first: date, last: date) -> list[date]:
    """List the months from one day's to another's, both included; none where it is earlier."""
    return [_first_day(number) for number in range(month_number(first), month_number(last) + 1)]


def year_month(day: date) -> str:
    """Write a day's month as 2017-09."""
    return day.isoformat()[:7]


def last_whole_month(day: date) -> date:
    """Give the last month that is over at the end of a day."""
    return month_start(day) if day == month_end(day) else add_months(day, -1)


def end_of_month_a_year_before(day: date) -> date:
    """Give the last day of the same month one year before."""
    return end_of_month(day.year - 1, day.month)


def financial_year_of(day: date) -> int:
    """Give the financial year that a day lies in, by its first calendar year."""
    return day.year if day.month >= APRIL else day.year - 1


def financial_year_days(year: int) -> tuple[date, date]:
    """Give the first and last day of a financial year."""
    return date(year, APRIL, 1), date(year + 1, APRIL - 1, 31)


def financial_quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """Give the first and last day of quarter 1 (April to June) to 4 of a financial year."""
    first = add_months(date(year, APRIL, 1), 3 * (quarter - 1))
    return first, month_end(add_months(first, 2))


def financial_year_label(day: date) -> str:
    """Name a day's financial year as people write it: `2017/18`."""
    year = financial_year_of(day)
    return f"{year}/{(year + 1) % 100:02d}"


def financial_quarter_label(day: date) -> str:
    """Name a day's quarter of the financial year: `2017/18 Q2`."""
    quarter = (day.month - APRIL) % MONTHS_OF_A_YEAR // 3 + 1
    return f"{financial_year_label(day)} Q{quarter}"


def _first_day(number: int) -> date:
    return date(number // MONTHS_OF_A_YEAR, number % MONTHS_OF_A_YEAR + 1, 1)
