"""Rows whose date cannot be right: a mistyped year, and a month after the extract.

One rule for every source of records and of counts. Each reader names the column that its months
come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from flows.calendar_months import MONTHS_OF_A_YEAR, month_start, months_apart
from flows.landing.tables.typed_values import Fault

if TYPE_CHECKING:
    from flows.landing.tables.typed_values import RowRule

# Returns compare with the year before, and with three years before all at once, never with one
# month far from every other: so far apart a few rows are a slip of the pen.
YEARS_AWAY = 2
# A single row, or so small a share of a file, is a slip; more is an older period of its own.
STRAY_SHARE = 0.01


def stray_months(rows: Counter[date]) -> set[date]:
    """Find the months whose few rows lie years away from all others.

    Months that lie less than `YEARS_AWAY` years from a neighbour are one group; the largest (of
    equals the newest) is what the file is about, and of the others those are stray that are one
    row or no more than `STRAY_SHARE` of all.
    """
    groups: list[list[date]] = []
    for month in sorted(month for month, count in rows.items() if count):
        if groups and months_apart(groups[-1][-1], month) < YEARS_AWAY * MONTHS_OF_A_YEAR:
            groups[-1].append(month)
        else:
            groups.append([month])
    if len(groups) < 2:
        return set()
    sizes = [sum(rows[month] for month in group) for group in groups]
    limit = max(1.0, STRAY_SHARE * sum(sizes))
    main = max(range(len(groups)), key=lambda at: (sizes[at], at))
    return {
        month
        for at, group in enumerate(groups)
        if at != main and sizes[at] <= limit
        for month in group
    }


def near_other_rows(column: str, header: str) -> RowRule:
    """Make the rule that no row is years away from all others: its year is mistyped."""

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        starts = pc.cast(pc.floor_temporal(table.column(column), unit="month"), pa.date32())
        rows = Counter[date]()
        for entry in pc.value_counts(starts).to_pylist():
            if entry["values"] is not None:
                rows[entry["values"]] += entry["counts"]
        return _faults(header, starts, rows, _years_away("date", "row"), "a day near those of")

    return rule


def near_other_months(
    months_of: Callable[[pa.Table], Iterable[date | None]],
    header: str,
) -> RowRule:
    """Make the rule that no month or quarter of a file of counts is years away from all others.

    `months_of` gives the first month that each row is of. A month counts once, however many areas
    and indicators are counted in it: a mistyped heading is as many rows as the table has.
    """

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        starts = pa.array(months_of(table), pa.date32())
        months = Counter({month for month in starts.to_pylist() if month is not None})
        return _faults(header, starts, months, _years_away(header, header), "one near")

    return rule


def _faults(
    header: str, starts: pa.Array, rows: Counter[date], wrong: str, expected: str
) -> list[Fault]:
    """Name the rows whose month is stray, and the months that were expected."""
    stray = stray_months(rows)
    if not stray:
        return []
    reason = f"{wrong}; expected {expected} {_span(rows, stray)}"
    return [Fault(header, reason, pc.is_in(starts, value_set=_months(stray)))]


def _years_away(what: str, other: str) -> str:
    return f"the {what} is {YEARS_AWAY} or more years from every other {other}"


def _span(known: Iterable[date], stray: set[date]) -> str:
    others = [month for month in known if month not in stray]
    first, last = f"{min(others):%B %Y}", f"{max(others):%B %Y}"
    return first if first == last else f"{first} to {last}"


def _months(months: set[date]) -> pa.Array:
    return pa.array(sorted(months), pa.date32())


def in_stated_months(column: str, header: str, stated: tuple[date, date] | None) -> RowRule:
    """Make the rule that every day is in the months that the file's name states, if it does."""

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        wrong = [
            stated is not None
            and day is not None
            and not stated[0] <= month_start(day) <= stated[1]
            for day in table.column(column).to_pylist()
        ]
        reason = "expected a day in the months of the file's name"
        return [Fault(header, reason, pa.array(wrong, pa.bool_()))]

    return rule


def not_after_extract(column: str, header: str, extract_date: date) -> RowRule:
    """Make the rule that no row is of a month after that of the extract.

    A day later in the extract's own month passes: a count may be dated by any day of its month,
    and that month is not counted before it is over.
    """

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        month = month_start(extract_date)
        wrong = [
            day is not None and month_start(day) > month for day in table.column(column).to_pylist()
        ]
        reason = f"expected a day up to the month of the extract, {extract_date:%B %Y}"
        return [Fault(header, reason, pa.array(wrong, pa.bool_()))]

    return rule
