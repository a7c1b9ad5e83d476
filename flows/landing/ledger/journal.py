"""The journal of a landing: puts staged loads on the record, a group at a time.

A load's rows are given their final name and synced before its record is written, and the
record is the last thing written. A group shares the syncing of folders, which on a slow disk
costs more than the rows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from flows.data_folder import DataFolder
from flows.landing.inbox.synthetic import says_synthetic
from flows.landing.inbox.units import Unit
from flows.landing.judging import Staged
from flows.landing.ledger.clashes import CoveredSlots, disagree
from flows.landing.ledger.load_records import (
    DeliveryRecord,
    LoadRecord,
    landed_path,
    read_deliveries,
    read_records,
    write_delivery,
    write_record,
)
from flows.landing.ledger.withdrawn import withdraw
from flows.landing.reader import Reader
from flows.landing.sources import SOURCES
from flows.private_files import private_folder, sync_folder

_GROUP = 32
# A disk that is asked by several at once writes what they ask in one go.
_SYNCED_AT_ONCE = 16


class Journal:
    """All loads and deliveries that stand, and those about to."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self.records: dict[str, LoadRecord] = read_records(folder)
        self._delivered: dict[tuple[str, date], str] = {}
        self._slots = CoveredSlots()
        self._replaced: set[str] = set()
        self._pending: list[tuple[Staged, LoadRecord, DeliveryRecord]] = []
        for delivery in read_deliveries(folder):
            if delivery.load_id in self.records:
                self._enter(self.records[delivery.load_id], delivery)

    def _enter(self, record: LoadRecord, delivery: DeliveryRecord) -> None:
        self._delivered[record.load_id, delivery.extract_date] = delivery.file
        self._slots.add(record, delivery)

    def is_delivered(self, load_id: str, extract_date: date) -> bool:
        """Say whether a load's bytes have come under this extract date before."""
        return (load_id, extract_date) in self._delivered

    def place_of(self, load_id: str, extract_date: date) -> str:
        """Say where a load's file lies below the inbox, under that extract date if it has one."""
        record = self.records[load_id]
        when = extract_date if self.is_delivered(load_id, extract_date) else record.extract_date
        file = self._delivered.get((load_id, extract_date), record.file)
        return f"{record.source}/{when.isoformat()}/{file}"

    def clash(self, unit: Unit, reader: Reader, staged: Staged | LoadRecord) -> str | None:
        """Find a load of the same extract date that disagrees; returns its id."""
        coverage = staged.reading.coverage if isinstance(staged, Staged) else staged.coverage
        day = unit.file.extract_date
        others = self._slots.others(unit.file.source, reader.dataset, day, coverage, staged.load_id)
        if not others:
            return None
        self.flush()  # the values of the others are read from their final files
        if isinstance(staged, Staged):
            own = staged.files.data
        else:
            own = landed_path(self._folder, reader.dataset, staged.load_id)
        for other in others:
            if disagree(reader, own, landed_path(self._folder, reader.dataset, other)):
                return other
        return None

    def add_load(self, unit: Unit, staged: Staged) -> LoadRecord:
        """Take a staged load; it counts as landed as soon as its group is flushed."""
        reading = staged.reading
        record = LoadRecord(
            load_id=staged.load_id,
            source=unit.file.source,
            dataset=staged.reader.dataset,
            file=unit.label,
            extract_date=unit.file.extract_date,
            scope=reading.scope,
            coverage=tuple(reading.coverage),
            rows_read=reading.rows_read,
            rows_loaded=reading.table.num_rows,
            rows_rejected=len(reading.rejects),
            reader=staged.reader.contract.name,
            reader_version=SOURCES[unit.file.source].version,
            sha256=staged.load_id,
            bytes=len(staged.data),
            landed_at=datetime.now(UTC).isoformat(timespec="seconds"),
            encoding=reading.encoding,
            named_for=staged.reader.named_for(unit.name),
            notes=tuple(reading.notes),
            read_with=staged.read_with,
            synthetic=unit.file.is_synthetic or says_synthetic(unit.label),
        )
        delivery = _delivery(unit, staged.load_id)
        if record.load_id in self.records:
            self._replace(record)
        self.records[record.load_id] = record
        self._enter(record, delivery)
        # Rows and bytes are on the disk or in the inbox: the group need not hold them in memory.
        staged.data = b""
        staged.reading.table = staged.reading.table.slice(0, 0)
        self._pending.append((staged, record, delivery))
        if len(self._pending) >= _GROUP:
            self.flush()
        return record

    def _replace(self, record: LoadRecord) -> None:
        """Let a new reading of known bytes take the place of the old, on every date it came."""
        self.flush()
        self._replaced.add(record.load_id)
        self._slots.remove(record.load_id)
        for (load_id, day), file in list(self._delivered.items()):
            if load_id == record.load_id:
                self._enter(record, DeliveryRecord(load_id, day, record.source, file))

    def withdraw(self, load_id: str, extract_date: date) -> bool:
        """Let a load not stand whose bytes are refused; says whether it is withdrawn.

        Bytes that no reader of today has read are withdrawn on every date on which they came.
        """
        self.flush()
        record = self.records[load_id]
        is_read_anew = record.reader_version == SOURCES[record.source].version
        days = [day for one, day in self._delivered if one == load_id and not is_read_anew]
        is_withdrawn = withdraw(self._folder, load_id, extract_date)
        for day in {*days, extract_date}:
            withdraw(self._folder, load_id, day)
            self._delivered.pop((load_id, day), None)
        self._slots.remove(load_id)
        for (one, day), file in list(self._delivered.items()):
            if one == load_id:
                self._enter(record, DeliveryRecord(load_id, day, record.source, file))
        return is_withdrawn

    def add_delivery(self, unit: Unit, record: LoadRecord) -> None:
        """Write down that known bytes have come under another extract date."""
        self.flush()
        delivery = _delivery(unit, record.load_id)
        write_delivery(self._folder, delivery)
        self._enter(record, delivery)

    def flush(self) -> None:
        """Put every pending load on the record."""
        if not self._pending:
            return
        folders = {private_folder(self._folder.landing / "deliveries")}
        private_folder(self._folder.landing / "loads")
        with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
            # `list` raises what went wrong in any of them before the next step begins
            list(pool.map(lambda one: one[0].files.sync(), self._pending))
            for staged, _, _ in self._pending:
                folders |= staged.files.publish()
            list(pool.map(lambda one: write_delivery(self._folder, one[2]), self._pending))
            list(pool.map(sync_folder, folders))
            for _, record, _ in self._pending:
                if record.load_id in self._replaced and not record.rows_rejected:
                    old = self._folder.landing / "rejects" / f"{record.load_id}.parquet"
                    old.unlink(missing_ok=True)
            list(pool.map(lambda one: write_record(self._folder, one[1]), self._pending))
        sync_folder(self._folder.landing / "loads")
        self._pending.clear()


def _delivery(unit: Unit, load_id: str) -> DeliveryRecord:
    return DeliveryRecord(load_id, unit.file.extract_date, unit.file.source, unit.label)
