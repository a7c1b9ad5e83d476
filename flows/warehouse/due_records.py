"""Which loads of record-level rows are due to be removed; nothing heavy is imported to know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.calendar_months import months_apart
from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import read_held_back
from flows.landing.ledger.load_records import LoadRecord, landed_path, read_deliveries, read_records
from flows.landing.ledger.withdrawn import withdrawn_loads
from flows.landing.sources import DATASETS, public_sources
from flows.settings import Settings

# Their monthly counts stay when their rows go; other datasets are figures as they stand.
COUNTED = frozenset(dataset.name for dataset in DATASETS if dataset.counts_are_kept)
# Lists of cases: a repeat is known by the referrals of the twelve months before it.
MARAC_CASES = "marac_cases"
_MONTHS_LOOKED_BACK = 12


@dataclass(frozen=True, slots=True)
class DueRecords:
    """Ids of loads whose rows are to go: replaced by newer extracts, or past their time.

    `to_archive` are lists of cases past their time, whose counts are to be kept before anything
    goes: their repeats look back on rows that do.
    """

    superseded: frozenset[str]
    expired: frozenset[str]
    to_archive: frozenset[str] = frozenset()

    @property
    def load_ids(self) -> list[str]:
        """All of them, in order."""
        return sorted(self.superseded | self.expired)


def due_records(folder: DataFolder, settings: Settings, today: date) -> DueRecords:
    """Find the loads whose record-level rows still lie in the landing and should not after `today`.

    A load goes as a whole, once the newest month that it covers is older than the setting allows; a
    list of MARAC cases a year later, when no list in time looks back on it. Age removes nothing of
    public sources: their supplier gives anybody the same rows for good, and places and outcomes are
    counted from them.
    """
    public = public_sources()
    not_counted = {load.load_id for load in read_held_back(folder)} | withdrawn_loads(folder)
    loads = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset in COUNTED
        # not counted yet, so that its counts cannot be kept
        and load_id not in not_counted
        and landed_path(folder, record.dataset, load_id).exists()
    }
    expired = frozenset(
        load_id
        for load_id, record in loads.items()
        if settings.retention_months is not None
        and record.source not in public
        and _is_over(record, settings.retention_months, today)
    )
    lists = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset == MARAC_CASES
        and load_id not in not_counted
        and landed_path(folder, MARAC_CASES, load_id).exists()
    }
    over, gone = frozenset[str](), frozenset[str]()
    if settings.retention_months is not None:
        months = settings.retention_months
        over = frozenset(load_id for load_id, one in lists.items() if _is_over(one, months, today))
        gone = frozenset(
            load_id
            for load_id in over
            if _is_over(lists[load_id], months + _MONTHS_LOOKED_BACK, today)
            and all(
                other_id in over
                for other_id, other in lists.items()
                if _looks_back_on(other, lists[load_id])
            )
        )
    superseded = frozenset[str]()
    if not settings.keep_superseded_records:
        superseded = frozenset(one.load_id for one in superseded_loads(folder)) & loads.keys()
    return DueRecords(superseded - expired, expired | gone, over if gone else frozenset())


def superseded_loads(folder: DataFolder) -> list[LoadRecord]:
    """List loads of records of which nothing is in force: newer extracts cover all they cover."""
    newest: dict[str, str] = {}
    # what is held back replaces nothing, and stays until it is corrected or let through
    held_back = {load.delivery for load in read_held_back(folder)}
    for delivery in read_deliveries(folder):
        if (delivery.load_id, delivery.extract_date) in held_back:
            continue
        day = delivery.extract_date.isoformat()
        newest[delivery.load_id] = max(day, newest.get(delivery.load_id, ""))
    records = {
        load_id: record
        for load_id, record in read_records(folder).items()
        if record.dataset in COUNTED and load_id in newest
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


def _looks_back_on(later: LoadRecord, earlier: LoadRecord) -> bool:
    """Whether a list covers one of the twelve months after another's last, of an area of its."""
    areas = {part.scope.casefold() for part in earlier.coverage}
    last = max(map(_day, (part.period_end for part in earlier.coverage)))
    return any(
        part.scope.casefold() in areas
        and 0 < months_apart(last, _day(part.period_start)) <= _MONTHS_LOOKED_BACK
        for part in later.coverage
    )


def _day(written: object) -> date:
    """Read a day as a load record writes it."""
    return date.fromisoformat(str(written))


def _is_over(record: LoadRecord, months: int, today: date) -> bool:
    """Whether every month of the load ended more than `months` months ago."""
    if not record.coverage:
        return False
    last = max(_day(part.period_end) for part in record.coverage)
    return months_apart(last, today) > months
