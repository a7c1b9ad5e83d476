"""The schedule of a data folder, as `csp schedule` leaves it for `csp status` and for itself."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import read_json, write_json


@dataclass(frozen=True, slots=True)
class KnownSchedule:
    """What was served last on a folder: cron, its time zone, the page, and what was looked at.

    `checked_until` (UTC): every run that was due up to then is accounted for. `paused`: the server
    says that somebody paused the schedule.
    """

    cron: str
    timezone: str
    address: str
    checked_until: datetime
    paused: bool = False

    def write(self, folder: DataFolder) -> None:
        """Keep this in the folder's state (mode 0600)."""
        content = dataclasses.asdict(self)
        content["checked_until"] = self.checked_until.isoformat()
        write_json(_file(folder), content)


def read_known_schedule(folder: DataFolder) -> KnownSchedule | None:
    """Read what was served last; None where `csp schedule` was never started on the folder."""
    content = read_json(_file(folder))
    try:
        return KnownSchedule(
            cron=str(content["cron"]),
            timezone=str(content["timezone"]),
            address=str(content["address"]),
            checked_until=datetime.fromisoformat(content["checked_until"]),
            paused=bool(content["paused"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _file(folder: DataFolder) -> Path:
    return folder.state / "schedule.json"
