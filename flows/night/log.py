"""The structured log: `DIR/warehouse/logs/night.jsonl`, private, one JSON object per line.

Every line has `time` (UTC), `run_id`, `event` and what belongs to it: names of steps and files,
counts and seconds. Record content never goes in.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from flows.data_folder import DataFolder
from flows.private_files import append_json_line

# Some 200 bytes a line and ten lines a night: 5 MB are years of nights.
_ROLL_OVER_AT_BYTES = 5_000_000


class NightLog:
    """Writes the events of one run."""

    def __init__(self, folder: DataFolder, run_id: str) -> None:
        self._file = folder.logs / "night.jsonl"
        self._run_id = run_id
        if self._file.exists() and self._file.stat().st_size > _ROLL_OVER_AT_BYTES:
            self._file.replace(self._file.with_suffix(".previous.jsonl"))

    def write(self, event: str, **facts: str | int | float | None) -> None:
        """Append one event with its facts."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        # A night on a full disk has to come to its own end, and says so elsewhere.
        with contextlib.suppress(OSError):
            append_json_line(
                self._file, {"time": time, "run_id": self._run_id, "event": event, **facts}
            )
