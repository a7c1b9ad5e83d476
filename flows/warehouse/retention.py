"""Retention: record-level rows go when their time is over, and the monthly counts stay.

Two settings say when: `retention_months` (rows older than so many months; none: age removes none)
and `keep_superseded_records` (false: records of an extract that newer ones replace go at once).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.data_folder import DataFolder
from flows.landing.clashes import landed_path
from flows.landing.load_records import LoadRecord, read_records
from flows.settings import Settings
from flows.warehouse.counts_archive import RECORD_DATASETS, remove_records, superseded_loads


@dataclass(frozen=True, slots=True)
class Retention:
    """What one night removed: loads by why, and record-level rows in all."""

    superseded: int = 0
    expired: int = 0
    rows: int = 0

    def __str__(self) -> str:
        if not self.superseded + self.expired:
            return "no record-level rows were due to be removed"
        return (
            f"{self.rows} record-level rows removed: {self.superseded} loads replaced by newer "
            f"extracts, {self.expired} past their time; their monthly counts stay"
        )


def apply_retention(folder: DataFolder, settings: Settings, today: date) -> Retention:
    """Remove record-level rows that are due on `today`; call it after the build has counted them.

    A load goes as a whole, once the newest month that it covers is older than the setting allows.
    The caller holds the night's lock. Raises `CountsMissing` before anything is removed where the
    warehouse has not counted a load.
    """
    loads = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset in RECORD_DATASETS
        and landed_path(folder, record.dataset, load_id).exists()
    }
    expired = {
        load_id
        for load_id, record in loads.items()
        if settings.retention_months is not None
        and _is_over(record, settings.retention_months, today)
    }
    superseded: set[str] = set()
    if not settings.keep_superseded_records:
        superseded = {record.load_id for record in superseded_loads(folder)} & loads.keys()
    due = sorted(expired | superseded)
    rows = remove_records(folder, due) if due else 0
    return Retention(superseded=len(superseded - expired), expired=len(expired), rows=rows)


def _is_over(record: LoadRecord, months: int, today: date) -> bool:
    """Whether every month of the load ended more than `months` months ago."""
    if not record.coverage:
        return False
    last = max(date.fromisoformat(str(part.period_end)) for part in record.coverage)
    return (today.year - last.year) * 12 + today.month - last.month > months
