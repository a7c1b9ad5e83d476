"""Judging one unit: known already, refused, not read on purpose, or read and staged for the record.

This is the part of landing that runs side by side; it decides nothing that depends on the
other files of the run.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.data_folder import DataFolder
from flows.landing.inbox.units import StillChangingError, Unit
from flows.landing.ledger.landed_files import StagedFiles, is_archived, stage
from flows.landing.ledger.load_records import LoadRecord
from flows.landing.reader import Reader, Reading, Source, SupplierFile
from flows.landing.sources import SOURCES
from flows.landing.sources.rules.hash_key import HashKeyUnusableError, key_for
from flows.landing.tables.refusal import (
    FileRefusedError,
    FileUnreadableError,
    ReaderFailedError,
)
from flows.landing.tables.text import Reject
from flows.night.memory import lacks_memory

log = logging.getLogger(__name__)

# So many first rejects stand in the reason of a file none of whose lines could be read.
_SHOWN_REJECTS = 3
# In the order in which a supplier can most easily give them.
_FORMS = ("XLSX", "CSV", "ODS")


@dataclass(slots=True)
class KnownBytes:
    """The same bytes have landed before; `named_otherwise`: as those of another force."""

    reader: Reader
    load_id: str
    data: bytes
    named_otherwise: bool = False


@dataclass(slots=True)
class Refused:
    """The unit goes to quarantine; `data` is None where its bytes could not be read.

    `may_read_later` where the disk did not give them: the next run tries again. `load_id` is the
    load that an earlier run made of the same bytes, if any. `withdraws` says that it must not
    stand: today's reader refuses what an earlier one read, by the same mapping if there is one.
    """

    reason: str
    data: bytes | None
    rejects: list[Reject]
    may_read_later: bool = False
    load_id: str = ""
    withdraws: bool = False


@dataclass(slots=True)
class Skipped:
    """The unit is of a kind that is not read yet."""

    note: str


@dataclass(slots=True)
class LeftForLater:
    """The unit was still changing."""


@dataclass(slots=True)
class Staged:
    """The unit is read, and its Parquet is on the disk under temporary names."""

    reader: Reader
    load_id: str
    reading: Reading
    files: StagedFiles
    data: bytes
    read_with: str = ""


Judgement = KnownBytes | Refused | Skipped | LeftForLater | Staged


def judge(folder: DataFolder, unit: Unit, known: Mapping[str, LoadRecord]) -> Judgement:
    """Judge one unit. Only trouble with the disk is raised; a bad file is a judgement."""
    source = SOURCES[unit.file.source]
    note = source.files.why_skipped(unit.name)
    if note is not None:
        return Skipped(note)
    data: bytes | None = None
    read_with: str | None = None
    known_load = ""

    def refused(reason: str, rejects: list[Reject], *, blames_file: bool = True) -> Refused:
        withdraws = bool(known_load) and blames_file and known[known_load].read_with == read_with
        return Refused(reason, data, rejects, load_id=known_load, withdraws=withdraws)

    try:
        data = unit.fetch()
        reader = source.reader_for(unit.name)
        if reader is None and unit.is_packed_archive:
            raise FileRefusedError(
                "it is an archive inside an archive",
                expected="an archive of the supplier's own files",
                next_step="unpack the outer one, and put what it holds into the inbox",
            )
        if reader is None:
            raise FileRefusedError(
                "the file's name is none that a reader knows",
                expected=source.expected_names,
                next_step=_another_form(source, unit.name),
            )
        load_id = hashlib.sha256(data).hexdigest()
        file = SupplierFile(
            unit.name,
            data,
            unit.label,
            unit.file.extract_date,
            unit.file.companions,
            lambda: key_for(folder),
        )
        record = known.get(load_id)
        if record is not None and is_archived(folder, load_id):
            return KnownBytes(reader, load_id, data)
        if record is not None and (record.source, record.named_for) == (
            source.name,
            reader.named_for(unit.name),
        ):
            known_load = load_id
        read_with = reader.read_with(file)
        if record is not None and (record.read_with, record.reader_version) == (
            read_with,
            source.version,
        ):
            return KnownBytes(reader, load_id, data)
        reading = _read(reader.read, file)
    except StillChangingError:
        return LeftForLater()
    except FileRefusedError as refusal:
        if isinstance(refusal, FileUnreadableError):
            return Refused(refusal.reason(unit.place), data, [], may_read_later=True)
        blames_file = not isinstance(refusal, ReaderFailedError)
        return refused(refusal.reason(unit.place), [], blames_file=blames_file)
    if reading.rejects and not reading.table.num_rows:
        # A load without rows would say that the months it covers had no crime.
        return refused(_nothing_readable(reading, unit), reading.rejects)
    if not reading.rows_read and not reading.coverage:
        return refused(_nothing_said(unit), [])
    files = stage(folder, reader, reading, load_id, unit.file.source, unit.label)
    return Staged(reader, load_id, reading, files, data, read_with)


def _read(read: Callable[[SupplierFile], Reading], file: SupplierFile) -> Reading:
    try:
        return read(file)
    except (FileRefusedError, HashKeyUnusableError, MemoryError):
        raise
    except Exception as error:
        if lacks_memory(error):
            # The file is not to blame: quarantined, it would not be read again when there is more.
            raise MemoryError from None
        # One file must not cost the others their night. The text of the error may quote a
        # record, so only its type and place are named.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        at = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "unknown"
        log.error("reader failed: %s at %s", type(error).__name__, at)
        raise ReaderFailedError(
            f"the reader failed on it ({type(error).__name__} at {at})",
            expected="a file that the reader can judge",
            next_step="report this as a fault of the reader",
        ) from None


def _another_form(source: Source, name: str) -> str:
    """Say what to do about a name that no reader takes: its form may be all that is wrong."""
    stem, _, _ = name.rpartition(".")
    for ending in _FORMS:
        if source.reader_for(f"{stem}.{ending.lower()}") is not None:
            return f"ask its supplier for it as {ending}, or save it as {ending} from its program"
    return "give the file the name under which its supplier publishes it, or remove it"


def _nothing_said(unit: Unit) -> str:
    return (
        f"{unit.place}, line 2: the file has headings and no rows. Expected: at least one row. "
        "Next: ask the supplier to send the file again."
    )


def _nothing_readable(reading: Reading, unit: Unit) -> str:
    shown = "; ".join(
        f"line {reject.line}{f', column {reject.column!r}' if reject.column else ''}: "
        f"{reject.reason}"
        for reject in reading.rejects[:_SHOWN_REJECTS]
    )
    return (
        f"{unit.place}, line {reading.rejects[0].line}: none of the {len(reading.rejects):,} "
        f"lines can be read ({shown}). Expected: rows that keep the contract. Next: look at the "
        "rejects beside the copy, and ask the supplier to send the file again."
    )
