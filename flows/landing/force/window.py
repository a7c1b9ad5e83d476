"""Which months an extract covers, and which indicators it can tell in them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.force.mapping import Mapping, last_whole_month
from flows.landing.force.reference import indicators_told_by
from flows.landing.reader import Coverage
from flows.landing.refusal import FileRefused
from flows.landing.typed_columns import Fault, RowRule


def recorded_by(extract_date: date, mapping: Mapping) -> RowRule:
    """Make the rule that no crime is recorded after the extract was made."""

    def rule(rows: pa.Table, lines: pa.Array) -> list[Fault]:
        later = pc.greater(rows.column("recorded_date"), pa.scalar(extract_date, pa.date32()))
        reason = f"expected a day up to the extract date, {extract_date.isoformat()}"
        return [Fault(mapping.columns["recorded_date"].heading, reason, later)]

    return rule


def covered_months(mapping: Mapping, recorded: Counter[date], extract_date: date) -> list[date]:
    """List the months (their first days) that an extract speaks for.

    `recorded` counts its records by month. The mapping's window holds if it has one; else it is
    the months of the recorded dates up to the last that was over on the extract date, none of
    which may be without a record: a stray date years back would claim years without crime.
    """
    window = mapping.window
    last = last_whole_month(extract_date)
    if window.months is not None:
        return _months(_earlier(last, window.months - 1), last)
    if window.first is not None:
        until = last if window.last is None else min(window.last, last)
        if until < window.first:
            raise FileRefused(
                f"the mapping's window begins in {window.first:%Y-%m}, after the extract",
                expected=f"a month up to {last:%Y-%m}, the last that was over on the extract date",
                next_step="mend the window in the mapping, or the date of the folder",
            )
        return _months(window.first, until)
    present = sorted(month for month in recorded if month <= last)
    if not present:
        raise FileRefused(
            "no record is of a month that was over on the extract date",
            expected=f"records up to {last:%Y-%m}",
            next_step="compare the date of the folder with the recorded dates",
        )
    months = _months(present[0], present[-1])
    missing = [month for month in months if month not in recorded]
    if missing:
        raise FileRefused(
            f"{len(missing)} of the months between the first and the last recorded date have no "
            f"record (the first is {missing[0]:%Y-%m})",
            expected="records in every month, or a window in the mapping",
            next_step="if the extract is whole, state its window in the mapping (window: "
            "{months: 36}); if not, ask the force for the rest",
        )
    return months


def coverage_of(mapping: Mapping, months: list[date]) -> list[Coverage]:
    """Give a line for each covered month and each indicator that the mapped columns can tell."""
    columns = set(mapping.columns)
    age = mapping.columns.get("victim_age_band")
    if age is not None and age.youth:
        columns.add("youth_victim")
    indicators = indicators_told_by(columns)
    return [
        Coverage(
            mapping.scope,
            indicator,
            month,
            month.replace(day=monthrange(month.year, month.month)[1]),
        )
        for month in months
        for indicator in indicators
    ]


def _earlier(month: date, by: int) -> date:
    number = month.year * 12 + month.month - 1 - by
    return date(number // 12, number % 12 + 1, 1)


def _months(first: date, last: date) -> list[date]:
    months = [first]
    while months[-1] < last:
        months.append(_earlier(months[-1], -1))
    return months
