"""What a data folder holds, read from load records, rejects, quarantine and the nights' history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.data_folder import DataFolder
from flows.landing.held_back import HeldBackLoad, read_held_back
from flows.night.history import last_nights
from flows.night.rejects import count_rejects
from flows.night.summary import RefusedFile, RejectedRows

_MISSING_SHOWN = 4


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
    """Months (`YYYY-MM`) of one source and scope: first, last, how many, which are missing."""

    source: str
    scope: str
    first: str
    last: str
    supplied: int
    missing: list[str]

    @property
    def missing_in_words(self) -> str:
        """Name the first missing months and count the others."""
        named = ", ".join(self.missing[:_MISSING_SHOWN])
        rest = len(self.missing) - _MISSING_SHOWN
        return named if rest <= 0 else f"{named} and {rest} more"


@dataclass(slots=True)
class FolderStatus:
    """Everything that `csp status` shows, apart from the publication."""

    sources: list[SourceStatus] = field(default_factory=list)
    coverage: list[CoverageMonths] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    held_back: list[HeldBackLoad] = field(default_factory=list)
    rejects: list[RejectedRows] = field(default_factory=list)
    nights: list[dict[str, Any]] = field(default_factory=list)


def read_status(folder: DataFolder, *, nights: int) -> FolderStatus:
    """Read the status of a folder; one where no night has run yet has an empty status."""
    status = FolderStatus(
        nights=last_nights(folder, nights),
        refused=_refused(folder),
        held_back=read_held_back(folder),
    )
    records = sorted((folder.landing / "loads").glob("[!.]*.json"))
    if not records:
        return status
    from flows.landing.load_records import read_records

    loads = read_records(folder)
    by_source: dict[str, list[Any]] = {}
    months: dict[tuple[str, str], set[str]] = {}
    for load in loads.values():
        by_source.setdefault(load.source, []).append(load)
        for part in load.coverage:
            covered = months.setdefault((load.source, part.scope), set())
            covered.update(_months_between(part.period_start, part.period_end))
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
    status.coverage = [
        _coverage(source, scope, covered) for (source, scope), covered in sorted(months.items())
    ]
    status.rejects = count_rejects(folder, loads.values())
    return status


def unread_inbox(folder: DataFolder) -> bool:
    """Tell whether the inbox holds something that no night has looked at."""
    from flows.landing.inbox import anything_new

    return folder.raw.is_dir() and anything_new(folder)


def _coverage(source: str, scope: str, covered: set[str]) -> CoverageMonths:
    first, last = min(covered), max(covered)
    every = _months_between(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"))
    missing = [month for month in every if month not in covered]
    return CoverageMonths(source, scope, first, last, len(covered), missing)


def _months_between(start: date, end: date) -> list[str]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def _refused(folder: DataFolder) -> list[RefusedFile]:
    """List the files in quarantine with the first line of their reason."""
    found = []
    for reason in sorted(folder.quarantine.rglob("*.reason.txt")):
        lines = reason.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        name = reason.relative_to(folder.quarantine).as_posix().removesuffix(".reason.txt")
        found.append(RefusedFile(file=name, reason=lines[0] if lines else "no reason given"))
    return found
