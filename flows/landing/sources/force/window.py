"""Which months an extract covers, and which indicators it can count in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.calendar_months import add_months, last_whole_month, month_end, month_start
from flows.landing.reader import Coverage
from flows.landing.sources.force.mapping import Mapping
from flows.landing.sources.force.marker_months import MarkerMonths
from flows.landing.sources.force.reference import indicators_of_markers
from flows.landing.sources.rules.dated_rows import near_other_rows
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.typed_values import Fault, RowRule


def recorded_by(extract_date: date, mapping: Mapping) -> RowRule:
    """Make the rule that no crime is recorded after the extract was made."""

    def rule(rows: pa.Table, lines: pa.Array) -> list[Fault]:
        later = pc.greater(rows.column("recorded_date"), pa.scalar(extract_date, pa.date32()))
        reason = f"expected a day up to the extract date, {extract_date.isoformat()}"
        return [Fault(mapping.columns["recorded_date"].heading, reason, later)]

    return rule


def date_rules(extract_date: date, mapping: Mapping) -> list[RowRule]:
    """Give the rules that the recorded date of every crime must keep."""
    heading = mapping.columns["recorded_date"].heading
    return [recorded_by(extract_date, mapping), near_other_rows("recorded_date", heading)]


def stated_window(mapping: Mapping, extract_date: date) -> tuple[date, date] | None:
    """Give the first and last month of the mapping's window, or None where it has none.

    A window without an end goes on to the month of the extract. Raises FileRefusedError where it
    begins after the last month that was over on the extract date.
    """
    window = mapping.window
    last = last_whole_month(extract_date)
    if window.months is not None:
        return add_months(last, 1 - window.months), month_start(extract_date)
    if window.first is None:
        return None
    if last < window.first:
        raise FileRefusedError(
            f"the mapping's window begins in {window.first:%Y-%m}, after the extract",
            expected=f"a month up to {last:%Y-%m}, the last that was over on the extract date",
            next_step="correct the window in the mapping, or the date of the folder",
        )
    return window.first, window.last or month_start(extract_date)


def coverage_of(
    mapping: Mapping, months: Sequence[date], markers: MarkerMonths, left_out: Collection[str]
) -> list[Coverage]:
    """Give a line for each covered month and each indicator that can be counted in it.

    `left_out` are the indicators of offences that the extract leaves out.
    """
    return [
        Coverage(mapping.scope, indicator, month, month_end(month))
        for month in months
        for indicator in indicators_of_markers(markers.speaking(month))
        if indicator not in left_out
    ]
