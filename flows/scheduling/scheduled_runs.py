"""Which scheduled runs began, how they ended, and which were missed.

`DIR/warehouse/state/scheduled_runs.jsonl` holds one line per event of a run that a server started:
`due` (UTC), `event` (`started`, `ended`, `missed`), `at` (UTC), and what belongs to it. A run that
found nothing new leaves no line among the runs, and one that never began leaves none anywhere
else: this is where every due time is accounted for.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import append_json_line

NOT_BEGUN = "not_begun"

# Some 100 bytes an event: the newest 256 KiB are two years of daily runs.
_READ_BYTES = 256 << 10
_ROLL_OVER_AT_BYTES = 5_000_000


@dataclass(slots=True)
class ScheduledRun:
    """One due time and what came of it; all times are UTC.

    `outcome` is that of a run, `nothing_new`, `not_begun` (with its `reason`), `missed` (with its
    `reason`), or empty while the run is under way or where its process ended without a word.
    """

    due: datetime
    started: datetime | None = None
    ended: datetime | None = None
    outcome: str = ""
    reason: str = ""
    pid: int = 0
    born: str = ""

    @property
    def is_under_way(self) -> bool:
        """Whether it has begun, has not ended, and its process is still there."""
        if self.started is None or self.ended is not None:
            return False
        if os.name == "nt":  # pragma: no cover  # there os.kill would end it
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:  # somebody else's process
            return True
        # After a power cut another process can have the number.
        return self.born == "" or self.born == _born(self.pid)


class RunNote:
    """What a scheduled run says of itself while it goes on."""

    outcome: str = NOT_BEGUN
    reason: str = ""


@contextlib.contextmanager
def noted(folder: DataFolder, due: datetime | None) -> Iterator[RunNote]:
    """Note that a scheduled run began, and how it ended; `due` None notes nothing."""
    note = RunNote()
    if due is None:
        yield note
        return
    _append(folder, due, "started", pid=os.getpid(), born=_born(os.getpid()))
    try:
        yield note
    finally:
        _append(folder, due, "ended", outcome=note.outcome, reason=note.reason)


def note_missed(folder: DataFolder, due: datetime, reason: str) -> None:
    """Note that a due run never began."""
    _append(folder, due, "missed", outcome="missed", reason=reason)


def read_scheduled_runs(folder: DataFolder) -> dict[datetime, ScheduledRun]:
    """Return the runs of the newest events by due time, without lines that a crash cut short."""
    runs: dict[datetime, ScheduledRun] = {}
    for line in _newest_lines(_file(folder)):
        try:
            event = json.loads(line)
            due, at = datetime.fromisoformat(event["due"]), datetime.fromisoformat(event["at"])
            kind = event["event"]
        except (ValueError, KeyError, TypeError):
            continue
        run = runs.setdefault(due, ScheduledRun(due))
        if kind == "started":
            run.started, run.ended, run.pid = at, None, int(event.get("pid", 0))
            run.born = str(event.get("born", ""))
            run.outcome = run.reason = ""
        else:
            run.ended = at if kind == "ended" else run.ended
            run.outcome = str(event.get("outcome", ""))
            run.reason = str(event.get("reason", ""))
    return runs


def _born(pid: int) -> str:
    """Say when a process began, in the system's own words; empty where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _append(folder: DataFolder, due: datetime, event: str, **facts: str | int) -> None:
    file = _file(folder)
    # A full disk must not keep a run from coming to its own end, which says so elsewhere.
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if file.exists() and file.stat().st_size > _ROLL_OVER_AT_BYTES:
            file.replace(file.with_suffix(".previous.jsonl"))
        append_json_line(
            file,
            {
                "due": due.astimezone(UTC).isoformat(timespec="seconds"),
                "event": event,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                **facts,
            },
        )


def _newest_lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _READ_BYTES))
            return stream.read().decode("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _file(folder: DataFolder) -> Path:
    return folder.state / "scheduled_runs.jsonl"
