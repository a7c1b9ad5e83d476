"""One writer at a time: operating-system locks on two files of the private warehouse folder.

The system drops a lock when its process ends, however it ends, so a lock of a dead process is no
obstacle. A child process that inherits the locked file (`held_descriptors`) keeps the lock until it
has ended too: so the dbt of a killed run cannot meet that of the next one. What is written inside
the file is for people: who holds the lock and since when. The file itself is never removed: a
second process could otherwise lock a file that nobody sees.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

if os.name == "nt":  # pragma: no cover
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from flows.data_folder import DataFolder

NIGHT_LOCK = "night.lock"
PUBLICATION_LOCK = "publication.lock"
SCHEDULE_LOCK = "schedule.lock"

_SECONDS_BETWEEN_TRIES = 0.2
# What a killed night left behind ends by itself, within a moment unless the machine is very busy.
_SECONDS_FOR_THE_LEFT_BEHIND = 60.0
# Windows locks bytes, and locked bytes cannot be read: lock one far behind the holder's text.
_LOCKED_BYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who wrote itself into a lock file: process id, start in UTC (ISO 8601) and run id."""

    pid: int
    since: str
    run_id: str


class RunLockedError(RuntimeError):
    """Another process is working on the same data folder. Nothing was read or written."""

    def __init__(self, work: str, path: Path, holder: Holder | None) -> None:
        self.path = path
        self.holder = holder
        by = (
            f"process {holder.pid}, since {holder.since}"
            + (f", run {holder.run_id}" if holder.run_id else "")
            + ("" if _is_running(holder) else "; it has ended, but a build that it started has not")
            if holder
            else "a process that has not written its name yet"
        )
        super().__init__(
            f"{work} is already under way on this data folder: {path} is held by {by}. "
            "Wait for it to end, or end that process; the lock goes with it."
        )


@contextlib.contextmanager
def night_lock(
    folder: DataFolder, wait_seconds: float = 0.0, *, run_id: str = ""
) -> Iterator[Holder]:
    """Hold the data folder for one run; wait up to `wait_seconds` for another one to end.

    Raises `RunLockedError`, naming the holder's process id and start, when the wait was in vain.
    """
    with _held(folder.warehouse / NIGHT_LOCK, "A run", wait_seconds, run_id) as holder:
        yield holder


@contextlib.contextmanager
def publication_lock(
    folder: DataFolder, wait_seconds: float = 0.0, *, run_id: str = ""
) -> Iterator[Holder]:
    """Hold `published/` while a publication is put in place, a run's or a rollback's.

    It is apart from the run's lock so that a rollback need not wait for a run that is still
    landing files. Raises `RunLockedError` as `night_lock` does.
    """
    path = folder.warehouse / PUBLICATION_LOCK
    with _held(path, "A publication", wait_seconds, run_id) as holder:
        yield holder


@contextlib.contextmanager
def schedule_lock(folder: DataFolder, wait_seconds: float = 0.0) -> Iterator[Holder]:
    """Hold the data folder's schedule: one `csp schedule` at a time serves it.

    Raises `RunLockedError` as `night_lock` does.
    """
    path = folder.warehouse / SCHEDULE_LOCK
    with _held(path, "`csp schedule`", wait_seconds, "") as holder:
        yield holder


# The locked files of this process, for `held_descriptors`.
_held_here: list[int] = []


def held_descriptors() -> tuple[int, ...]:
    """Return the locked files that this process holds, for a child that works under the lock.

    Given to `subprocess` as `pass_fds`, they keep the lock until the child has ended as well. Only
    what may not meet a second run needs them; every other child closes them by itself.
    """
    return tuple(_held_here)


@contextlib.contextmanager
def _held(path: Path, work: str, wait_seconds: float, run_id: str) -> Iterator[Holder]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        began = time.monotonic()
        while not _try_lock(file):
            holder_now = _written_holder(file)
            patience = wait_seconds
            if holder_now is not None and not _is_running(holder_now):
                patience = max(patience, _SECONDS_FOR_THE_LEFT_BEHIND)
            if time.monotonic() - began >= patience:
                raise RunLockedError(work, path, holder_now)
            time.sleep(_SECONDS_BETWEEN_TRIES)
        holder = Holder(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), run_id)
        _write(file, json.dumps({"pid": holder.pid, "since": holder.since, "run_id": run_id}))
        _held_here.append(file.fileno())
        try:
            yield holder
        finally:
            _held_here.remove(file.fileno())
            _write(file, "")
            _unlock(file)  # on Windows; elsewhere closing does it, once no child holds it either


def _try_lock(file: IO[str]) -> bool:
    try:
        if os.name == "nt":  # pragma: no cover
            os.lseek(file.fileno(), _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            os.lseek(file.fileno(), 0, os.SEEK_SET)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(file: IO[str]) -> None:
    if os.name == "nt":  # pragma: no cover
        os.lseek(file.fileno(), _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]


def _write(file: IO[str], text: str) -> None:
    """Write what people read; the lock holds without it, so a full disk is no obstacle here."""
    with contextlib.suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        os.write(file.fileno(), text.encode())


def _is_running(holder: Holder) -> bool:
    """Say whether the holder is still there; where that cannot be known, it counts as there."""
    if os.name == "nt":  # pragma: no cover  # os.kill would end it; there children hold no lock
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process
        return True
    return True


def _written_holder(file: IO[str]) -> Holder | None:
    """Read who holds the lock; nothing when the holder is between locking and writing."""
    try:
        file.seek(0)
        written = json.loads(file.read())
        return Holder(int(written["pid"]), str(written["since"]), str(written["run_id"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
