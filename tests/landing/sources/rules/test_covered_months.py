"""Which months a file covers, against a plain calendar: a set of days and nothing else."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar_months import last_whole_month, months_from
from flows.landing.reader import Coverage
from flows.landing.sources.rules.covered_months import (
    covered_months,
    months_named,
    rows_by_month,
    spans,
)
from flows.landing.sources.rules.dated_rows import near_other_rows, not_after_extract, stray_months
from flows.landing.sources.rules.whole_months import over_on, periods_of_whole_months

DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
MANY_DAYS = st.lists(DAYS, max_size=60)


def is_over(year: int, month: int, day: date) -> bool:
    """Tell whether no day of a month is later than this one."""
    return date(year, month, calendar.monthrange(year, month)[1]) <= day


def calendar_months(first: date, last: date) -> list[date]:
    """List the first days of all months that a stretch of days touches, by asking every day."""
    days = (first + timedelta(step) for step in range((last - first).days + 1))
    return sorted({date(day.year, day.month, 1) for day in days})


@given(MANY_DAYS, DAYS)
def test_without_a_window_a_month_is_covered_if_it_has_a_row_and_is_over(
    days: list[date], extract: date
) -> None:
    found = covered_months(rows_by_month(days), extract)
    touched = {(day.year, day.month) for day in days}
    over = {date(*month, 1) for month in touched if is_over(*month, extract)}
    assert set(found.months) == over
    assert set(found.unfinished) == {date(*month, 1) for month in touched} - over
    assert found.outside == ()
    if not days:
        assert found.gaps == ()
        return
    between = calendar_months(min(days), max(days))
    assert set(found.gaps) == {
        month
        for month in between
        if (month.year, month.month) not in touched and is_over(month.year, month.month, extract)
    }
    assert list(found.months) == sorted(found.months)
    assert list(found.gaps) == sorted(found.gaps)


@given(MANY_DAYS, DAYS, DAYS, DAYS)
def test_a_stated_window_covers_its_months_that_are_over(
    days: list[date], extract: date, one: date, other: date
) -> None:
    first, last = sorted([one.replace(day=1), other.replace(day=1)])
    found = covered_months(rows_by_month(days), extract, (first, last))
    stated = calendar_months(first, last)
    over = [month for month in stated if is_over(month.year, month.month, extract)]
    assert sorted([*found.months, *found.gaps]) == over  # each once, and no other
    with_rows = {day.replace(day=1) for day in days}
    assert with_rows.intersection(over) <= set(found.months)
    assert set(found.outside) == with_rows - set(stated)
    assert set(found.unfinished) == with_rows.intersection(stated) - set(over)
    # a gap only where rows are usual: sixty days over three years are few
    known = [day for day in days if day.replace(day=1) in over]
    usual = len(known) / len({day.replace(day=1) for day in known}) if known else 0
    if 0 < usual < 6.9:
        assert found.gaps == ()
    if usual == 0:
        assert found.months == ()
    if usual > 6.91:
        assert set(found.months) == with_rows.intersection(over)


@given(MANY_DAYS, DAYS, st.integers(0, 400))
def test_a_later_extract_of_the_same_rows_never_covers_less(
    days: list[date], extract: date, later: int
) -> None:
    rows = rows_by_month(days)
    early = covered_months(rows, extract)
    late = covered_months(rows, extract + timedelta(later))
    assert set(early.months) <= set(late.months)
    assert set(late.unfinished) <= set(early.unfinished)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_last_whole_month_is_the_newest_that_is_over(day: date) -> None:
    found = last_whole_month(day)
    assert found.day == 1
    assert is_over(found.year, found.month, day)
    following = (found + timedelta(31)).replace(day=1)
    assert not is_over(following.year, following.month, day)


@given(DAYS, DAYS)
def test_months_from_one_to_another_are_the_calendars(one: date, other: date) -> None:
    first, last = sorted([one, other])
    assert months_from(first, last) == calendar_months(first, last)


@given(st.sets(DAYS.map(lambda day: day.replace(day=1)), min_size=1))
def test_spans_name_each_month_once(months: set[date]) -> None:
    named: list[date] = []
    for part in spans(months).split(", "):
        ends = [
            date(int(word.split()[1]), list(calendar.month_name).index(word.split()[0]), 1)
            for word in part.split(" to ")
        ]
        named += calendar_months(ends[0], ends[-1])
    assert named == sorted(months)


@given(
    st.lists(st.dates(date(2016, 4, 1), date(2018, 3, 31)), min_size=30, max_size=90),
    st.integers(2, 30),
    st.booleans(),
)
def test_one_row_years_away_is_found_and_no_other(
    days: list[date], years: int, is_later: bool
) -> None:
    typed = min(days).replace(day=1)
    stray = date(typed.year + (years + 2 if is_later else -years - 1), typed.month, 1)
    assert stray_months(rows_by_month(days)) == set()
    found = stray_months(rows_by_month([*days, stray]))
    assert found == {stray}


@pytest.mark.parametrize(
    ("months", "stray"),
    [
        ({"2007-05": 1, "2017-05": 60}, {"2007-05"}),
        ({"2016-05": 1, "2017-05": 60}, set()),  # last year's is a comparison, not a slip
        ({"2007-05": 30, "2017-05": 30}, set()),  # two periods of one return
        ({"2007-05": 2, "2017-05": 60}, set()),
        ({"2007-05": 2, "2017-05": 600}, {"2007-05"}),
        ({"1997-05": 1, "2007-05": 1, "2017-05": 60}, {"1997-05", "2007-05"}),
        ({"2017-05": 60, "2071-05": 1}, {"2071-05"}),
        ({"2015-05": 1, "2017-05": 60}, {"2015-05"}),
        ({"2015-06": 1, "2017-05": 60}, set()),
        ({"2007-05": 1, "2017-05": 1}, {"2007-05"}),  # of equals the newest stands
        ({}, set()),
    ],
)
def test_stray_months_by_hand(months: dict[str, int], stray: set[str]) -> None:
    rows = Counter({date.fromisoformat(f"{month}-01"): n for month, n in months.items()})
    assert {f"{month:%Y-%m}" for month in stray_months(rows)} == stray


def dates(*words: str | None) -> pa.Table:
    days = [date.fromisoformat(word) if word else None for word in words]
    return pa.table({"day": pa.array(days, pa.date32())})


def test_rows_without_a_day_are_neither_stray_nor_late() -> None:
    table = dates("2017-05-01", None, "2017-06-30", "2007-06-30")
    lines = pa.array(range(4))
    (fault,) = near_other_rows("day", "date")(table, lines)
    assert fault.rows.to_pylist() == [False, False, False, True]
    (late,) = not_after_extract("day", "date", date(2017, 5, 31))(table, lines)
    assert late.rows.to_pylist() == [False, False, True, False]


@given(st.lists(st.tuples(DAYS, DAYS), max_size=20), DAYS)
def test_a_stated_period_counts_if_it_is_of_whole_months_that_were_over(
    periods: list[tuple[date, date]], extract: date
) -> None:
    ordered = [tuple(sorted(period)) for period in periods]
    table = pa.table(
        {
            "period_start": pa.array([first for first, _ in ordered], pa.date32()),
            "period_end": pa.array([last for _, last in ordered], pa.date32()),
        }
    )
    faults = periods_of_whole_months(table, pa.array(range(len(ordered))))
    bad = {at for fault in faults for at, wrong in enumerate(fault.rows.to_pylist()) if wrong}
    for at, (first, last) in enumerate(ordered):
        touched = calendar_months(first, last)
        days = sum(calendar.monthrange(month.year, month.month)[1] for month in touched)
        is_whole = days == (last - first).days + 1
        assert (at in bad) is not is_whole
    stated = [Coverage("A", "robbery", first, last) for first, last in ordered]
    assert over_on(stated, extract) == [one for one in stated if one.period_end <= extract]


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("asb-2017-04_to_2017-09.csv", (date(2017, 4, 1), date(2017, 9, 1))),
        ("2017-04 to 2017-09.xlsx", (date(2017, 4, 1), date(2017, 9, 1))),
        ("asb-2017-09_to_2017-04.csv", None),
        ("asb-2017-13_to_2018-04.csv", None),
        ("asb-2017.csv", None),
    ],
)
def test_months_in_a_name(name: str, months: tuple[date, date] | None) -> None:
    assert months_named(name) == months


def test_an_extract_without_a_date_is_of_the_end_of_time() -> None:
    assert last_whole_month(date.max) == date(9999, 12, 1)
