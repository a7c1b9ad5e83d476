"""What a data folder holds, read from load records, rejects, quarantine and the runs' history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.calendar_months import MONTHS_OF_A_YEAR, months_apart, months_from, year_month
from flows.data_folder import DataFolder
from flows.landing.inbox.files import InboxProblem, anything_new, is_guide, scan_inbox
from flows.landing.inbox.quarantine import quarantine_name
from flows.landing.ledger.held_back import HeldBackLoad, read_held_back
from flows.landing.ledger.load_records import read_deliveries, read_records
from flows.landing.ledger.withdrawn import withdrawn_loads
from flows.landing.sources.rules.area_names import canonical_scope
from flows.night.history import last_nights
from flows.night.rejects import count_rejects
from flows.night.summary import RefusedFile, RejectedRows
from flows.reporting.supply_gaps import expected_sources, forces_without_supply

# What a partnership writes or aims at is of the months that it chooses: none is missing in between.
_WITHOUT_GAPS = frozenset({"commentary", "targets"})
_MISSING_SHOWN = 4
_SCOPES_SHOWN = 2
_FILES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: files and rows landed, rows rejected, and its newest extract date."""

    source: str
    files: int
    rows_loaded: int
    rows_rejected: int
    newest_extract: date


@dataclass(frozen=True, slots=True)
class CoverageMonths:
    """Months (`YYYY-MM`) of one source: first, last, how many, which are missing, of which scopes.

    `missing` lie between the first and the last; `missing_at_end` after the last, up to the newest
    month that any scope of the source has. Scopes (areas or forces) with the same months share one.
    """

    source: str
    scopes: list[str]
    first: str
    last: str
    supplied: int
    missing: list[str]
    missing_at_end: list[str]

    @property
    def scopes_in_words(self) -> str:
        """Name the first scopes and count the others."""
        return _first_and_more(self.scopes, _SCOPES_SHOWN)

    @property
    def missing_in_words(self) -> str:
        """Name the first months missing in between, and the span missing at the end."""
        words = _first_and_more(self.missing, _MISSING_SHOWN) if self.missing else ""
        if not self.missing_at_end:
            return words
        first, last = self.missing_at_end[0], self.missing_at_end[-1]
        at_end = f"{first if first == last else f'{first} to {last}'} at the end"
        return f"{words}; {at_end}" if words else at_end


@dataclass(frozen=True, slots=True)
class AlikeFiles:
    """Quarantined files of one source that have the same reason, without their names in it."""

    source: str
    reason: str
    files: list[str]

    @property
    def files_in_words(self) -> str:
        """Name the first files and count the others."""
        rest = len(self.files) - _FILES_SHOWN
        return ", ".join(self.files[:_FILES_SHOWN]) + (
            f" and {rest:,} files more" if rest > 1 else " and 1 file more" if rest == 1 else ""
        )


@dataclass(frozen=True, slots=True)
class AlikeRejects:
    """Rejected rows of one source with the same column and reason: rows, files, the first place."""

    place: str
    column: str
    reason: str
    rows: int
    first_line: int
    files: int


@dataclass(slots=True)
class FolderStatus:
    """Everything that `csp status` shows, apart from the publication.

    `misplaced` and `documents` are what lies in the inbox now and is read by no run: what is not in
    its place or does not answer, and documents and hidden files beside the data.
    """

    sources: list[SourceStatus] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    without_supply: dict[str, list[str]] = field(default_factory=dict)
    coverage: list[CoverageMonths] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    held_back: list[HeldBackLoad] = field(default_factory=list)
    rejects: list[RejectedRows] = field(default_factory=list)
    nights: list[dict[str, Any]] = field(default_factory=list)
    misplaced: list[InboxProblem] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    @property
    def quarantined(self) -> list[AlikeFiles]:
        """Fold the quarantined files of one source and reason."""
        files: dict[tuple[str, str], list[str]] = {}
        for refused in self.refused:
            reason = _without_its_place(refused)
            files.setdefault((refused.file.split("/", 1)[0], reason), []).append(refused.file)
        return [AlikeFiles(source, reason, found) for (source, reason), found in files.items()]

    @property
    def alike_rejects(self) -> list[AlikeRejects]:
        """Fold the rejected rows of one source, column and reason."""
        alike: dict[tuple[str, str, str], list[RejectedRows]] = {}
        for rows in self.rejects:
            alike.setdefault((rows.source, rows.column, rows.reason), []).append(rows)
        return [
            AlikeRejects(
                found[0].place,
                column,
                reason,
                sum(rows.rows for rows in found),
                found[0].first_line,
                len({rows.place for rows in found}),
            )
            for (_, column, reason), found in alike.items()
        ]


def read_status(folder: DataFolder, *, nights: int, home_areas: Iterable[str] = ()) -> FolderStatus:
    """Read the status of a folder; one where no run has run yet has an empty status.

    `home_areas` (names or codes) say whose forces are expected to supply something.
    """
    inbox = scan_inbox(folder)
    status = FolderStatus(
        misplaced=inbox.problems,
        documents=[name for name in inbox.not_read if not is_guide(name)],
        nights=last_nights(folder, nights),
        refused=_refused(folder),
        held_back=read_held_back(folder),
        expected=expected_sources(folder, ()),
    )
    records = sorted((folder.landing / "loads").glob("[!.]*.json"))
    if not records:
        return status
    withdrawn = withdrawn_loads(folder)
    loads = {one: load for one, load in read_records(folder).items() if one not in withdrawn}
    held_back = {load.delivery for load in status.held_back}
    arrivals: dict[str, set[date]] = {}
    for delivery in read_deliveries(folder):
        arrivals.setdefault(delivery.load_id, set()).add(delivery.extract_date)
    by_source: dict[str, list[Any]] = {}
    months: dict[tuple[str, str], set[str]] = {}
    for load in loads.values():
        by_source.setdefault(load.source, []).append(load)
        days = arrivals.get(load.load_id, {load.extract_date})
        if {(load.load_id, day) for day in days} <= held_back:
            continue  # what it covers is used in no figure
        for part in load.coverage:
            if part.period_end == date.max:
                continue  # a list that holds at any time (own indicators, offence codes)
            if months_apart(part.period_start, part.period_end) >= MONTHS_OF_A_YEAR:
                continue  # no figure is of more than a year: it supplies no month (a mistyped one)
            scope = canonical_scope(load.source, part.scope)
            covered = months.setdefault((load.source, scope), set())
            covered.update(map(year_month, months_from(part.period_start, part.period_end)))
    status.sources = [
        SourceStatus(
            source=source,
            files=len(of_source),
            rows_loaded=sum(load.rows_loaded for load in of_source),
            rows_rejected=sum(load.rows_rejected for load in of_source),
            newest_extract=max(load.extract_date for load in of_source),
        )
        for source, of_source in sorted(by_source.items())
    ]
    status.coverage = _coverage(months)
    status.expected = expected_sources(folder, by_source.keys())
    status.without_supply = forces_without_supply(
        {source: {scope for named, scope in months if named == source} for source in by_source},
        home_areas,
    )
    status.rejects = count_rejects(folder, loads.values())
    return status


def unread_inbox(folder: DataFolder) -> bool:
    """Say whether the inbox holds something that no run has looked at."""
    return folder.raw.is_dir() and anything_new(folder)


def _coverage(months: dict[tuple[str, str], set[str]]) -> list[CoverageMonths]:
    newest: dict[str, str] = {}
    alike: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (source, scope), covered in sorted(months.items()):
        newest[source] = max(newest.get(source, ""), *covered)
        alike.setdefault((source, frozenset(covered)), []).append(scope)
    found = []
    for (source, supplied), scopes in alike.items():
        first, last = min(supplied), max(supplied)
        every = months_from(_first_day(first), _first_day(newest[source]))
        missing = [
            month
            for month in map(year_month, every)
            if month not in supplied and source not in _WITHOUT_GAPS
        ]
        found.append(
            CoverageMonths(
                source,
                scopes,
                first,
                last,
                len(supplied),
                [month for month in missing if month < last],
                [month for month in missing if month > last],
            )
        )
    return found


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _first_and_more(names: list[str], shown: int) -> str:
    named = ", ".join(names[:shown])
    rest = len(names) - shown
    return named if rest <= 0 else f"{named} and {rest} more"


def _without_its_place(refused: RefusedFile) -> str:
    """Give a reason without the path or name that it begins with, however quarantine writes it."""
    place, _, name = refused.file.rpartition("/")
    said = re.split(r": |, (?:line|column) ", refused.reason, maxsplit=1)[0]
    below = quarantine_name(said.removeprefix(f"{place}/"))
    if below in (name, name.rsplit("__", 1)[-1]):
        return refused.reason[len(said) :].lstrip(":, ")
    return refused.reason


def _refused(folder: DataFolder) -> list[RefusedFile]:
    """List the files in quarantine with the first line of their reason."""
    found = []
    for reason in sorted(folder.quarantine.rglob("*.reason.txt")):
        lines = reason.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        name = reason.relative_to(folder.quarantine).as_posix().removesuffix(".reason.txt")
        found.append(RefusedFile(file=name, reason=lines[0] if lines else "no reason given"))
    return found
