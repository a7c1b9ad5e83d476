"""Fills an inbox with the demo: every source, one delivery after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.calendar_months import financial_quarter_label
from flows.demo.area_files import write_families, write_lookup
from flows.demo.asb_files import write_asb
from flows.demo.broken_files import write_broken_files
from flows.demo.crimes import Crime, MarkedCounts, crimes_of
from flows.demo.force_count_files import write_force_counts
from flows.demo.force_extract_files import (
    unknown_places,
    write_extract_file,
    write_mappings,
    write_month_rows,
)
from flows.demo.grant_files import write_grant
from flows.demo.inbox_writer import InboxWriter
from flows.demo.marac_files import write_marac
from flows.demo.monthly_counts import monthly_counts
from flows.demo.open_data_files import QuarterlyOffences
from flows.demo.partner_return_files import write_partner_returns
from flows.demo.places import Partnership, partnerships
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.planning_files import write_breaks, write_severity_weights, write_targets
from flows.demo.police_uk_files import MonthOfStreetFiles
from flows.demo.population_files import write_population

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What one call made: the deliveries' years, files by source, rows of records, bytes.

    `remaining` counts deliveries that a later call of a year-by-year demo will bring.
    """

    years: tuple[str, ...]
    files: dict[str, int]
    records: int
    bytes_written: int
    remaining: int


def fill_inbox(
    raw: Path,
    plan: DemoPlan,
    *,
    year_by_year: bool = False,
    force: bool = False,
    on_progress: Progress | None = None,
) -> DemoMade:
    """Write the demo's deliveries; `year_by_year` writes the next one only.

    One month's records are in memory at a time, but for the quarter that a file holds. Raises
    `flows.demo.inbox_writer.InboxNotOursError` before anything is written.
    """
    inbox = InboxWriter.open(raw, plan, force=force)
    earlier = set(inbox.files)
    due = list(plan.deliveries)
    if year_by_year:
        due = [one for one in due if one.financial_year not in inbox.delivered][:1]
    total = sum(len(one.revised) + len(one.months) for one in due)
    filler = _Filler(inbox, plan, total, on_progress)
    for delivery in due:
        filler.deliver(delivery)
        if delivery.financial_year not in inbox.delivered:
            inbox.delivered.append(delivery.financial_year)
    inbox.close()
    files: dict[str, int] = {}
    for name in inbox.files:
        if year_by_year and name in earlier:
            continue
        source, _, rest = name.partition("/")
        if rest and "synthetic" in rest:
            files[source] = files.get(source, 0) + 1
    return DemoMade(
        tuple(one.financial_year for one in due),
        dict(sorted(files.items())),
        filler.records,
        inbox.bytes_written,
        len([one for one in plan.deliveries if one.financial_year not in inbox.delivered]),
    )


class _Filler:
    """Writes deliveries; counts of each partnership are worked out once."""

    def __init__(
        self, inbox: InboxWriter, plan: DemoPlan, total: int, on_progress: Progress | None
    ) -> None:
        self._inbox = inbox
        self._plan = plan
        self._total = total
        self._done = 0
        self._on_progress = on_progress
        self._places = partnerships(plan)
        self._counts = {place.name: MarkedCounts.of(plan, place.name) for place in self._places}
        self._incidents = {
            place.name: monthly_counts(plan, place.name, "asb_incidents") for place in self._places
        }
        self.records = 0

    def deliver(self, delivery: Delivery) -> None:
        """Write everything that suppliers send for one year."""
        inbox, plan = self._inbox, self._plan
        write_mappings(inbox)
        self._extracts(delivery)
        self.records += write_asb(inbox, plan, delivery, self._places)
        write_marac(inbox, plan, delivery)
        write_partner_returns(inbox, plan, delivery)
        write_grant(inbox, plan, delivery)
        write_force_counts(inbox, plan, delivery)
        write_population(inbox, plan, delivery, self._places)
        if delivery == plan.deliveries[0]:
            write_lookup(inbox, delivery, self._places)
            write_families(inbox, delivery, self._places)
            write_targets(inbox, delivery)
            write_breaks(inbox, delivery)
            write_severity_weights(inbox, delivery)
        if delivery == plan.deliveries[-1]:
            write_broken_files(inbox, delivery)

    def _extracts(self, delivery: Delivery) -> None:
        offences = QuarterlyOffences()
        with_street = delivery == self._plan.deliveries[-1]
        rows: list[list[str]] = []
        months = (*delivery.revised, *delivery.months)
        for at, month in enumerate(months):
            is_own = month in delivery.months
            street = MonthOfStreetFiles(self._plan, month) if with_street and is_own else None
            for place in self._places:
                crimes = crimes_of(self._plan, place, self._counts[place.name], month)
                rows += write_month_rows(
                    crimes, first_extract=is_own and month in delivery.will_be_revised
                )
                if is_own:
                    self._take(place, month, crimes, offences, street)
            rows += unknown_places(self._plan, month)
            if street is not None:
                self.records += street.write(self._inbox)
            following = months[at + 1] if at + 1 < len(months) else None
            if self._is_last_of_file(delivery, month, following):
                self.records += len(rows)
                write_extract_file(self._inbox, delivery, self._label(delivery, month), rows)
                rows = []
            self._report_progress(f"{month:%b %Y}")
        offences.write(self._inbox, delivery)

    def _take(
        self,
        place: Partnership,
        month: date,
        crimes: list[Crime],
        offences: QuarterlyOffences,
        street: MonthOfStreetFiles | None,
    ) -> None:
        offences.add(month, crimes)
        if street is not None:
            street.add(place, crimes, self._incidents[place.name][month])

    @staticmethod
    def _is_last_of_file(delivery: Delivery, month: date, following: date | None) -> bool:
        """Say whether a file ends with a month: files are of quarters, the last month its own."""
        if following is None or following == delivery.months[-1]:
            return True
        return financial_quarter_label(month) != financial_quarter_label(following)

    @staticmethod
    def _label(delivery: Delivery, month: date) -> str:
        if month == delivery.months[-1]:
            return f"{month:%Y-%m}"
        return financial_quarter_label(month).replace("/", "-").replace(" ", "-").lower()

    def _report_progress(self, subject: str) -> None:
        self._done += 1
        if self._on_progress is not None:
            self._on_progress(subject, self._done, self._total)
