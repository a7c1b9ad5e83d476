"""Which loads of record-level rows are due to be removed; nothing heavy is imported to know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.data_folder import DataFolder
from flows.landing.load_records import LoadRecord, landed_path, read_deliveries, read_records
from flows.publishing.manifest import public_sources
from flows.settings import Settings

# Datasets of records that the warehouse counts by month. Others are figures as they stand.
RECORD_DATASETS = ("asb_records", "force_extract", "police_uk_street")


@dataclass(frozen=True, slots=True)
class DueRecords:
    """Ids of loads whose rows are to go: replaced by newer extracts, or past their time."""

    superseded: frozenset[str]
    expired: frozenset[str]

    @property
    def load_ids(self) -> list[str]:
        """All of them, in order."""
        return sorted(self.superseded | self.expired)


def due_records(folder: DataFolder, settings: Settings, today: date) -> DueRecords:
    """Find the loads whose record-level rows still lie in the landing and should not after `today`.

    A load goes as a whole, once the newest month that it covers is older than the setting allows.
    Age removes nothing of public sources: their supplier gives anybody the same rows for good, and
    places and outcomes are counted from them.
    """
    public = public_sources()
    loads = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset in RECORD_DATASETS
        and landed_path(folder, record.dataset, load_id).exists()
    }
    expired = frozenset(
        load_id
        for load_id, record in loads.items()
        if settings.retention_months is not None
        and record.source not in public
        and _is_over(record, settings.retention_months, today)
    )
    if settings.keep_superseded_records:
        return DueRecords(frozenset(), expired)
    superseded = {record.load_id for record in superseded_loads(folder)} & loads.keys()
    return DueRecords(frozenset(superseded) - expired, expired)


def superseded_loads(folder: DataFolder) -> list[LoadRecord]:
    """List loads of records of which nothing is in force: newer extracts cover all they cover."""
    newest: dict[str, str] = {}
    for delivery in read_deliveries(folder):
        day = delivery.extract_date.isoformat()
        newest[delivery.load_id] = max(day, newest.get(delivery.load_id, ""))
    records = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset in RECORD_DATASETS and load_id in newest
    }
    holder: dict[tuple[object, ...], tuple[str, str]] = {}
    for load_id, record in records.items():
        for slot in _slots(record):
            holder[slot] = max(holder.get(slot, ("", "")), (newest[load_id], load_id))
    in_force = {load_id for _, load_id in holder.values()}
    return [
        record
        for load_id, record in sorted(records.items())
        if record.coverage and load_id not in in_force
    ]


def _slots(record: LoadRecord) -> Iterable[tuple[object, ...]]:
    for part in record.coverage:
        yield (
            record.dataset,
            part.scope.casefold(),
            part.indicator_id,
            part.period_start,
            part.period_end,
        )


def _is_over(record: LoadRecord, months: int, today: date) -> bool:
    """Whether every month of the load ended more than `months` months ago."""
    if not record.coverage:
        return False
    last = max(date.fromisoformat(str(part.period_end)) for part in record.coverage)
    return (today.year - last.year) * 12 + today.month - last.month > months
