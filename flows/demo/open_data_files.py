"""Home Office open data: the same crimes by partnership, quarter and offence code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from flows.calendar_months import financial_quarter_label
from flows.demo.crimes import Crime
from flows.demo.inbox_writer import InboxWriter
from flows.demo.offences import UNKNOWN_CODE
from flows.demo.places import FORCE
from flows.demo.plan import Delivery
from flows.demo.spreadsheet import Cell
from flows.demo.tables import csv_text
from flows.landing.sources.force.reference import known_codes

SOURCE = "recorded_crime_open_data"
# what an official table cannot class is recorded as something that it can
_INSTEAD = {UNKNOWN_CODE: "95"}


class QuarterlyOffences:
    """Counts crimes by area, quarter and code while they are drawn."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._months: dict[str, set[date]] = {}

    def add(self, month: date, crimes: Iterable[Crime]) -> None:
        """Take the crimes of a month."""
        quarter = financial_quarter_label(month)
        self._months.setdefault(quarter, set()).add(month)
        for crime in crimes:
            if not crime.is_cancelled:
                code = _INSTEAD.get(crime.offence.code, crime.offence.code)
                self._counts[quarter, crime.partnership, code] += 1

    def write(self, inbox: InboxWriter, delivery: Delivery) -> None:
        """Write the quarters that are whole."""
        whole = {quarter for quarter, months in self._months.items() if len(months) == 3}
        described = known_codes()
        rows: list[list[Cell]] = [
            [
                "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "Offence Code",
                "Offence Description", "Number of Offences",
            ]
        ]  # fmt: skip
        rows += [
            [quarter[:7], quarter[-1], FORCE, area, code, described[code], count]
            for (quarter, area, code), count in sorted(self._counts.items())
            if quarter in whole
        ]
        if len(rows) > 1:
            inbox.write(
                SOURCE,
                delivery.extract_date,
                f"recorded-crime-synthetic-{delivery.financial_year}.csv",
                csv_text(rows),
            )
