"""The run's first step: everything new in the inbox becomes a load, or is refused by name."""

from __future__ import annotations

import os
import shlex
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from flows.data_folder import DataFolder
from flows.landing.inbox.files import (
    InboxFile,
    InboxScan,
    is_guide,
    is_settled,
    scan_inbox,
    standing_deliveries,
)
from flows.landing.inbox.mixture import refuse_mixture
from flows.landing.inbox.quarantine import forget, keep_copy, keep_rejects
from flows.landing.inbox.state import FileState, InboxState, read_state, write_state
from flows.landing.inbox.units import OpenedFile, StillChangingError, Unit, open_units, unchanged
from flows.landing.judging import (
    Judgement,
    KnownBytes,
    LeftForLater,
    Refused,
    Skipped,
    Staged,
    judge,
)
from flows.landing.ledger.journal import Journal
from flows.landing.ledger.landed_files import clean_orphans, write_schema_files
from flows.landing.ledger.load_records import delivery_name
from flows.landing.report import LandingReport, QuarantinedFile
from flows.landing.sources import SOURCES
from flows.landing.tables.refusal import FileRefusedError, FileUnreadableError

Progress = Callable[[str, int, int, int], None]

_NOT_READ = "no data by its name (a document or hidden), not read"
_GUIDE = "a page of the inbox's own guide, not read"
_STILL_CHANGING = (
    "the file was still being written while it was read. Expected: a file that is whole. "
    "Next: nothing; it is read again by the next run"
)


_WITHDRAWN = (
    "The rows that an earlier run loaded from it are withdrawn: for what they cover, the newest "
    "other extract stands, and figures that no other extract has are missing."
)
_STANDS = "Until then the rows that an earlier run loaded from it stand."


@dataclass(slots=True)
class _FileOutcome:
    """What became of one inbox file, gathered over its units."""

    load_ids: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    disagrees_with: list[str] = field(default_factory=list)
    changing: bool = False


def land_inbox(
    folder: DataFolder, *, on_progress: Progress | None = None, quiet_seconds: float = 0.0
) -> LandingReport:
    """Land every new file of the inbox; the inbox itself is only read.

    A file that was written within the last `quiet_seconds` is waited for once, and left for the
    next run if it goes on being written: half a file would stand under its extract date, and
    the whole one would disagree with it.

    `on_progress` is called with a file's label, the files done, their total, and rows loaded. A bad
    file is copied to quarantine with its reason and the others go on; trouble with the disk is
    raised, and what was not yet on the record then is landed by the next run.
    Raises `flows.landing.inbox.mixture.SyntheticMixedWithRealError` before anything is landed.
    """
    folder.ensure()
    committed = clean_orphans(folder)
    write_schema_files(folder)
    scan = scan_inbox(folder)
    state = read_state(folder)
    young = _young(scan, state, quiet_seconds)
    if young:
        time.sleep(quiet_seconds)
        scan = scan_inbox(folder)
        young = _young(scan, state, quiet_seconds)
    return _Landing(folder, scan, state, committed, on_progress, young).run()


def _young(scan: InboxScan, state: InboxState, quiet_seconds: float) -> set[str]:
    """Name the files that somebody may still be writing.

    By their times alone: sizes need not change while a copy stalls. A time ahead of this clock,
    as another machine may set it, says nothing. Files that an earlier run read are left out.
    """
    now = time.time()
    return {
        file.key
        for file in scan.files
        if 0 <= now - file.mtime_ns / 1e9 < quiet_seconds
        and ((known := state.files.get(file.key)) is None or known.mtime_ns != file.mtime_ns)
    }


class _Landing:
    """One run over one listing of the inbox."""

    def __init__(
        self,
        folder: DataFolder,
        scan: InboxScan,
        state: InboxState,
        committed: set[str],
        on_progress: Progress | None,
        young: set[str],
    ) -> None:
        self._folder = folder
        self._scan = scan
        self._state = state
        self._standing = committed | standing_deliveries(folder)
        self._on_progress = on_progress
        self._rows = 0
        self._young = young
        self._journal = Journal(folder)
        self._report = LandingReport()
        self._notes: Counter[tuple[str, str]] = Counter()
        self._outcomes: dict[str, _FileOutcome] = {}

    def run(self) -> LandingReport:
        refuse_mixture(self._scan.files, self._journal.records.values())
        fresh, kept = self._sort_out()
        opened = [one for file in fresh if (one := self._open(file)) is not None]
        try:
            self._judge_all(opened)
        finally:
            for one in opened:
                one.close()
        self._journal.flush()
        for name in self._scan.not_read:
            self._notes[name, _GUIDE if is_guide(name) else _NOT_READ] += 1
        for problem in self._scan.problems:
            self._report.quarantined.append(QuarantinedFile(problem.file, problem.reason))
        self._report.notes = [
            f"{key}: {note}" if count == 1 else f"{key}: {note} ({count} files)"
            for (key, note), count in sorted(self._notes.items())
        ]
        self._write_state(fresh, kept)
        return self._report

    def _sort_out(self) -> tuple[list[InboxFile], dict[str, FileState]]:
        """Part the files that an earlier run has dealt with from those to be read."""
        fresh: list[InboxFile] = []
        kept: dict[str, FileState] = {}
        for file in self._scan.files:
            known = self._state.files.get(file.key)
            if known is None or not is_settled(file, known, self._standing):
                fresh.append(file)
                continue
            kept[file.key] = known
            self._report.already_known += len(known.load_ids)
            if known.outcome == "quarantined":
                self._report.still_quarantined.append(QuarantinedFile(file.key, known.reason))
        return fresh, kept

    def _open(self, file: InboxFile) -> OpenedFile | None:
        outcome = self._outcomes[file.key] = _FileOutcome()
        try:
            if file.key in self._young:
                raise StillChangingError
            opened = open_units(file)
        except StillChangingError:
            outcome.changing = True
            self._report.quarantined.append(QuarantinedFile(file.key, _STILL_CHANGING))
        except FileRefusedError as refusal:
            later = isinstance(refusal, FileUnreadableError)
            self._refuse(file, file.name, Refused(refusal.reason(file.key), None, [], later))
        else:
            if opened.not_read:
                self._notes[file.key, f"{_NOT_READ}: {', '.join(opened.not_read)}"] += 1
            return opened
        return None

    def _judge_all(self, opened: list[OpenedFile]) -> None:
        units = [unit for one in opened for unit in one.units]
        # Arrow, hashing and unpacking leave Python's lock: files side by side use all cores, one
        # more than there are because one of them mostly waits for the disk or for that lock.
        workers = min(4, (os.cpu_count() or 1) + 1)
        with ThreadPoolExecutor(workers, thread_name_prefix="landing") as pool:
            for done, (unit, judgement) in enumerate(self._in_order(pool, units, workers + 1), 1):
                self._take(unit, judgement)
                if self._on_progress is not None:
                    self._on_progress(unit.place, done, len(units), self._rows)

    def _in_order(
        self, pool: ThreadPoolExecutor, units: list[Unit], ahead: int
    ) -> Iterator[tuple[Unit, Judgement]]:
        """Judge side by side, yet give the judgements in the order of the names.

        Only so many files are ahead of the one being taken: memory stays bounded, and which of
        two clashing files is the second does not depend on the threads.
        """
        waiting: deque[tuple[Unit, Future[Judgement]]] = deque()
        remaining = iter(units)
        try:
            while True:
                while len(waiting) < ahead and (unit := next(remaining, None)) is not None:
                    future = pool.submit(judge, self._folder, unit, self._journal.records)
                    waiting.append((unit, future))
                if not waiting:
                    return
                unit, future = waiting.popleft()
                yield unit, future.result()
        finally:
            for _, future in waiting:
                future.cancel()

    def _take(self, unit: Unit, judgement: Judgement) -> None:
        outcome = self._outcomes[unit.file.key]
        if isinstance(judgement, Staged):
            known = self._journal.records.get(judgement.load_id)
            if known is not None and (
                # its twin was judged at its side
                (known.read_with, known.reader_version)
                == (judgement.read_with, SOURCES[unit.file.source].version)
                or known.scope != judgement.reading.scope  # the same bytes for another force
            ):
                judgement.files.discard()
                named_otherwise = known.scope != judgement.reading.scope
                judgement = KnownBytes(
                    judgement.reader, judgement.load_id, judgement.data, named_otherwise
                )
            else:
                self._take_staged(unit, judgement, outcome)
                return
        if isinstance(judgement, KnownBytes):
            self._take_known(unit, judgement, outcome)
        elif isinstance(judgement, Refused):
            self._refuse(unit.file, unit.label, judgement)
        elif isinstance(judgement, Skipped):
            self._notes[unit.file.key, judgement.note] += 1
        elif isinstance(judgement, LeftForLater):
            outcome.changing = True
            self._report.quarantined.append(QuarantinedFile(unit.place, _STILL_CHANGING))

    def _take_staged(self, unit: Unit, staged: Staged, outcome: _FileOutcome) -> None:
        other = self._journal.clash(unit, staged.reader, staged)
        if other is not None:
            staged.files.discard()
            outcome.disagrees_with.append(delivery_name(other, unit.file.extract_date))
            reason = self._two_extracts(unit, other)
            refused = Refused(reason, staged.data, [], load_id=staged.load_id)
            self._refuse(unit.file, unit.label, refused)
            return
        rejects, notes = staged.reading.rejects, staged.reading.notes
        record = self._journal.add_load(unit, staged)
        self._report.loaded.append(record)
        self._rows += record.rows_loaded
        outcome.load_ids.append(record.load_id)
        forget(self._folder, unit.file, unit.label)
        if rejects:
            keep_rejects(self._folder, unit.file, unit.label, rejects)
        for note in notes:
            self._notes[unit.file.key, note] += 1

    def _take_known(self, unit: Unit, known: KnownBytes, outcome: _FileOutcome) -> None:
        record = self._journal.records[known.load_id]
        day = unit.file.extract_date
        named_for = known.reader.named_for(unit.name)
        if known.named_otherwise or (record.source, record.named_for) != (
            unit.file.source,
            named_for,
        ):
            first = self._journal.place_of(record.load_id, day)
            reason = (
                f"{unit.place}: the file has the same bytes as {first}, which is named for "
                f"something else. Expected: each force, month and source with bytes of its own. "
                "Next: fetch or ask for this file again."
            )
            self._refuse(unit.file, unit.label, Refused(reason, known.data, []))
            return
        if not self._journal.is_delivered(record.load_id, day):
            other = self._journal.clash(unit, known.reader, record)
            if other is not None:
                outcome.disagrees_with.append(delivery_name(other, day))
                reason = self._two_extracts(unit, other)
                self._refuse(unit.file, unit.label, Refused(reason, known.data, []))
                return
            self._journal.add_delivery(unit, record)
            self._report.redelivered += 1
        else:
            self._report.already_known += 1
        forget(self._folder, unit.file, unit.label)
        outcome.load_ids.append(record.load_id)

    def _two_extracts(self, unit: Unit, other: str) -> str:
        first = self._journal.place_of(other, unit.file.extract_date)
        withdraw = f"csp withdraw {shlex.quote(first)}"
        if first == unit.place:
            return (
                f"{unit.place}: another file of this name and extract date was loaded before and "
                "gives other figures, which stand. Expected: one extract of each date. Next: if "
                "this one was sent on a later day, put it into a folder of that date; if it takes "
                f"the place of a wrong one, take that back with {withdraw} and run csp nightly."
            )
        return (
            f"{unit.place}: it disagrees with {first}, which covers the same with the same "
            "extract date. Expected: one extract of each date. Next: find out which of the two "
            "is right; if this one is newer, put it under its own extract date; if the other is "
            f"wrong, take that out of the inbox, run {withdraw} and then csp nightly."
        )

    def _refuse(self, file: InboxFile, label: str, refused: Refused) -> None:
        if refused.withdraws and self._journal.withdraw(refused.load_id, file.extract_date):
            refused.reason += f" {_WITHDRAWN}"
        elif self._journal.is_delivered(refused.load_id, file.extract_date):
            refused.reason += f" {_STANDS}"
        copy = keep_copy(
            self._folder,
            file,
            label,
            refused.data,
            refused.reason,
            refused.rejects,
            reason_only=not SOURCES[file.source].copies_refused,
        )
        place = f"{file.source}/{file.extract_date.isoformat()}/{label}"
        self._report.quarantined.append(QuarantinedFile(place, refused.reason, copy))
        self._outcomes[file.key].reasons.append(refused.reason)
        self._outcomes[file.key].changing |= refused.may_read_later

    def _write_state(self, fresh: list[InboxFile], kept: dict[str, FileState]) -> None:
        files = dict(kept)
        for file in fresh:
            outcome = self._outcomes[file.key]
            if outcome.changing or not unchanged(file):
                continue  # not settled: the next night looks again
            files[file.key] = FileState(
                size=file.size,
                mtime_ns=file.mtime_ns,
                sha256=outcome.load_ids[0] if len(outcome.load_ids) == 1 else "",
                outcome=_named(outcome),
                reader_version=file.judged_by,
                load_ids=outcome.load_ids,
                reason=" | ".join(outcome.reasons),
                disagrees_with=outcome.disagrees_with,
            )
        problems = [f"{problem.file}: {problem.reason}" for problem in self._scan.problems]
        write_state(self._folder, InboxState(files, problems))


def _named(outcome: _FileOutcome) -> str:
    if outcome.reasons:
        return "quarantined"
    return "loaded" if outcome.load_ids else "skipped"
