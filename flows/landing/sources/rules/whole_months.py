"""A stated figure is of whole months, and counts once they were over on the extract date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from flows.calendar_months import month_end, month_start
from flows.landing.reader import Coverage
from flows.landing.sources.rules.covered_months import spans
from flows.landing.tables.typed_values import Fault


def periods_of_whole_months(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows whose period_start is no first day or whose period_end is no last day of a month.

    A first week under the name of its month would be compared with a whole month.
    """

    def found(column: str, wrong: list[bool], expected: str) -> Fault:
        reason = f"the period is not one of whole months; expected {expected} of a month"
        return Fault(column, reason, pa.array(wrong, pa.bool_()))

    starts = table.column("period_start").to_pylist()
    ends = table.column("period_end").to_pylist()
    return [
        found(
            "period_start", [day is not None and day.day != 1 for day in starts], "the first day"
        ),
        found(
            "period_end",
            [day is not None and day != month_end(day) for day in ends],
            "the last day",
        ),
    ]


def over_on(coverage: Iterable[Coverage], extract_date: date) -> list[Coverage]:
    """Keep what was over on the extract date: a figure of any other period is not complete."""
    return [part for part in coverage if part.period_end <= extract_date]


def notes_of_unfinished(coverage: Iterable[Coverage], extract_date: date) -> list[str]:
    """Say which stated figures are kept and not yet counted, if any are."""
    open_ = [part for part in coverage if part.period_end > extract_date]
    if not open_:
        return []
    count = "1 figure is" if len(open_) == 1 else f"{len(open_):,} figures are"
    ends = spans(month_start(part.period_end) for part in open_)
    return [
        f"{count} of a period that ends in {ends} and was not over on the extract date: kept and "
        "not yet counted. Next: load the figures that are given after the period's end, under the "
        "date on which they were given"
    ]
