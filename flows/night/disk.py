"""Whether a run can write where it has to: space on the disk, and folders that are not read-only.

Asked before a run begins, so that it does not end after minutes for want of a folder, and again
when one has failed: what a library says of a full disk is rarely that it is full.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from flows.data_folder import DataFolder

# What dbt, Prefect and the logs of the smallest night write. A night on more data needs more, and
# reports it when it gets there.
LEAST_FREE_BYTES = 64 << 20
_FULL_BELOW_BYTES = 1 << 20
_SPACE_ERRORS = (errno.ENOSPC, errno.EDQUOT)


def why_not_ready(folder: DataFolder) -> str | None:
    """Make the folders of a run; say what keeps it from beginning, and what to do about it."""
    try:
        folder.ensure()
    except OSError as error:
        return _not_writable(Path(error.filename or folder.root), error.strerror or "no reason")
    for place in _written(folder):
        if not os.access(place, os.W_OK | os.X_OK):
            return _not_writable(place, "it is read-only for this user")
    for place in _written(folder):
        if shutil.disk_usage(place).free < LEAST_FREE_BYTES:
            return _full(place, f"at least {_shown(LEAST_FREE_BYTES)}")
    return None


def full_disk(folder: DataFolder, said: str = "") -> str | None:
    """Say which disk is full, if one is now or if `said` (of a failed step) mentions it."""
    places = [place for place in _written(folder) if place.is_dir()]
    free = {place: shutil.disk_usage(place).free for place in places}
    if not free:
        return None
    fullest = min(free, key=lambda place: free[place])
    if is_about_space(said) or free[fullest] < _FULL_BELOW_BYTES:
        return _full(fullest, "space for what the run writes")
    return None


def is_about_space(said: str) -> bool:
    """Say whether words of a tool speak of a full disk or a used-up quota."""
    return any(os.strerror(number) in said for number in _SPACE_ERRORS)


def _written(folder: DataFolder) -> list[Path]:
    # `raw` is not among them: an inbox may be read-only.
    return [folder.warehouse, folder.published, folder.quarantine, folder.reports]


def _not_writable(place: Path, reason: str) -> str:
    return (
        f"{place}: {reason}. Expected: a folder that a run may write to. Next: make it writable "
        "for the user that runs `csp nightly`, or name another data folder with --data"
    )


def _full(place: Path, expected: str) -> str:
    usage = shutil.disk_usage(place)
    return (
        f"{place}: the disk is full, {_shown(usage.free)} of {_shown(usage.total)} are free. "
        f"Expected: {expected}. Next: free some space there and run `csp nightly` again; it "
        "resumes where it stopped"
    )


def _shown(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"
