"""What becomes of a case: landed alone for its words, and with others for the checks it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from expectations.results import CheckResult
from flows.checking import check_sources
from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from tests.landing.sources.force.conftest import MAPPING

from .case import Case

EXTRACT_DATE = "2025-10-03"


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one case: rows that landed, and what was said of the rest.

    `rejects` are (line, column, reason); `notes` is what the night tells without setting anything
    aside; `copies` are the files in quarantine with their modes; `check` is the check of the case.
    """

    rows: int
    rows_read: int
    refused: tuple[str, ...]
    rejects: tuple[tuple[int, str, str], ...]
    notes: tuple[str, ...]
    copies: tuple[tuple[str, int], ...]
    check: CheckResult | None = None


def lay(case: Case, folder: DataFolder, extract_date: date | None = None) -> None:
    """Lay a case into the inbox of its source, with what belongs beside it."""
    day = EXTRACT_DATE if extract_date is None else extract_date.isoformat()
    inbox = folder.raw / case.source / day
    inbox.mkdir(parents=True)
    for name, data in (*case.beside, (case.name, case.data)):
        (inbox / name).write_bytes(data)
    if case.source == "force_extract":
        mapping = folder.raw / "force_extract" / "mappings" / "west-midlands.yml"
        mapping.parent.mkdir(exist_ok=True)
        mapping.write_text(case.mapping or MAPPING)


def land(case: Case, root: Path) -> Landed:
    """Land a case alone, and read what became of it; a key for hashing must be at hand."""
    folder = DataFolder(root)
    lay(case, folder)
    report = land_inbox(folder)
    rejects = [
        (row["line"], row["column_name"], row["reason"])
        for path in sorted((folder.landing / "rejects").glob("[!_]*.parquet"))
        for row in pq.read_table(path, partitioning=None).to_pylist()
    ]
    own = [record for record in report.loaded if record.file not in dict(case.beside)]
    return Landed(
        sum(record.rows_loaded for record in own),
        sum(record.rows_read for record in own),
        tuple(refused.reason for refused in report.quarantined),
        tuple(rejects),
        tuple(report.notes),
        tuple(
            (path.name, path.stat().st_mode & 0o777)
            for path in sorted(folder.quarantine.rglob("*"))
            if path.is_file()
        ),
    )


def check(cases: Sequence[Case], root: Path) -> dict[str, CheckResult]:
    """Land cases of different sources together, and give the checks on them by their ids."""
    folder = DataFolder(root)
    for case in cases:
        lay(case, folder)
    land_inbox(folder)
    write_catalog(folder)
    return {result.check_id: result for result in check_sources(folder).results}


def outcomes(cases: Sequence[Case], root: Path) -> dict[str, Landed]:
    """Land and check all cases; a run of checks takes one case of each source."""
    landed = {case.id: land(case, root / f"landed-{at}") for at, case in enumerate(cases)}
    waiting = [case for case in cases if case.check]
    while waiting:
        together = {case.source: case for case in reversed(waiting)}
        results = check(list(together.values()), root / f"checked-{len(waiting)}")
        for case in together.values():
            landed[case.id] = replace(landed[case.id], check=results.get(case.check))
        waiting = [case for case in waiting if case not in together.values()]
    return landed
