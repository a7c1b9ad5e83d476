"""Months and financial years against plain facts of the calendar."""

from __future__ import annotations

import ast
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar_months import (
    add_months,
    end_of_month,
    end_of_month_a_year_before,
    financial_quarter_days,
    financial_quarter_label,
    financial_year_days,
    financial_year_label,
    financial_year_of,
    last_whole_month,
    month_end,
    months_apart,
    months_from,
    year_month,
)
from tests.conftest import PROJECT_ROOT


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2017-02-01", "2017-02-28"),
        ("2016-02-29", "2016-02-29"),  # a leap year
        ("2000-02-03", "2000-02-29"),  # of a century that 400 divides
        ("1900-02-03", "1900-02-28"),  # and of one that it does not
        ("2017-09-15", "2017-09-30"),
        ("2017-12-31", "2017-12-31"),
        ("9999-12-05", "9999-12-31"),
    ],
)
def test_a_month_ends_on_its_last_day(day: str, end: str) -> None:
    assert month_end(date.fromisoformat(day)) == date.fromisoformat(end)


@given(st.dates(max_value=date(9999, 12, 1)))
def test_the_day_after_a_month_is_the_first_of_the_next(day: date) -> None:
    if month_end(day) < date.max:
        assert month_end(day) + timedelta(days=1) == add_months(day, 1)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2017-11-30", 2, "2018-01-01"),
        ("2017-12-01", 1, "2018-01-01"),
        ("2018-01-31", -1, "2017-12-01"),
        ("2018-03-31", -11, "2017-04-01"),
        ("2018-03-31", 0, "2018-03-01"),
        ("2018-03-31", -24, "2016-03-01"),
    ],
)
def test_months_are_added_across_the_end_of_a_year(day: str, months: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_months_from_one_to_another_hold_both() -> None:
    found = months_from(date(2017, 11, 30), date(2018, 2, 1))
    assert [year_month(month) for month in found] == ["2017-11", "2017-12", "2018-01", "2018-02"]
    assert months_from(date(2018, 2, 1), date(2018, 1, 31)) == []
    assert months_apart(date(2017, 11, 30), date(2018, 2, 1)) == 3
    assert year_month(date(17, 3, 1)) == "0017-03"


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2018-01-31", "2018-01"),  # over when the day is
        ("2018-01-30", "2017-12"),
        ("2016-02-28", "2016-01"),
        ("2017-02-28", "2017-02"),
        ("9999-12-31", "9999-12"),
    ],
)
def test_a_month_is_whole_once_its_last_day_is_over(day: str, month: str) -> None:
    assert year_month(last_whole_month(date.fromisoformat(day))) == month


def test_a_year_before_the_end_of_february_is_its_end() -> None:
    assert end_of_month_a_year_before(date(2016, 2, 29)) == date(2015, 2, 28)
    assert end_of_month_a_year_before(date(2017, 2, 28)) == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("day", "year", "label", "quarter"),
    [
        ("2017-04-01", 2017, "2017/18", "2017/18 Q1"),
        ("2017-06-30", 2017, "2017/18", "2017/18 Q1"),
        ("2017-09-30", 2017, "2017/18", "2017/18 Q2"),
        ("2017-12-31", 2017, "2017/18", "2017/18 Q3"),
        ("2018-01-01", 2017, "2017/18", "2017/18 Q4"),
        ("2018-03-31", 2017, "2017/18", "2017/18 Q4"),
        ("2018-04-01", 2018, "2018/19", "2018/19 Q1"),
        ("2000-03-31", 1999, "1999/00", "1999/00 Q4"),
    ],
)
def test_a_financial_year_goes_from_april_to_march(
    day: str, year: int, label: str, quarter: str
) -> None:
    found = date.fromisoformat(day)
    assert financial_year_of(found) == year
    assert financial_year_label(found) == label
    assert financial_quarter_label(found) == quarter


def test_the_days_of_financial_years_and_quarters() -> None:
    assert financial_year_days(2019) == (date(2019, 4, 1), date(2020, 3, 31))
    assert [financial_quarter_days(2019, quarter) for quarter in (1, 2, 3, 4)] == [
        (date(2019, 4, 1), date(2019, 6, 30)),
        (date(2019, 7, 1), date(2019, 9, 30)),
        (date(2019, 10, 1), date(2019, 12, 31)),
        (date(2020, 1, 1), date(2020, 3, 31)),
    ]


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="month"):
        end_of_month(2017, 13)


def test_no_other_module_does_arithmetic_of_months() -> None:
    """`monthrange` and `… * 12 + ….month` stand in flows/calendar_months.py alone."""
    found = []
    for folder in ("flows", "expectations"):
        for path in sorted((PROJECT_ROOT / folder).rglob("*.py")):
            if path.name == "calendar_months.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                words = ast.unparse(node) if isinstance(node, ast.BinOp | ast.Call) else ""
                if words.startswith(("monthrange(", "calendar.monthrange(")) or (
                    ".year * 12" in words or (".year - " in words and "* 12" in words)
                ):
                    found.append(f"{path.relative_to(PROJECT_ROOT)}:{getattr(node, 'lineno', 0)}")
    assert found == []
