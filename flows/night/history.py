"""The runs so far: `DIR/warehouse/state/nights.jsonl`, one line per run that ended."""

from __future__ import annotations

import json
from typing import Any

from flows.data_folder import DataFolder
from flows.night.summary import NightSummary
from flows.private_files import append_json_line


def remember(folder: DataFolder, summary: NightSummary) -> None:
    """Append a run that has ended."""
    append_json_line(folder.state / "nights.jsonl", summary.history_line())


def last_nights(folder: DataFolder, count: int) -> list[dict[str, Any]]:
    """Return the last `count` runs, newest first, without lines that a crash cut short."""
    try:
        lines = (folder.state / "nights.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    nights: list[dict[str, Any]] = []
    for line in reversed(lines):
        if len(nights) == count:
            break
        try:
            night = json.loads(line)
        except ValueError:
            continue
        if isinstance(night, dict):
            nights.append(night)
    return nights
