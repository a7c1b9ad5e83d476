"""Ask a process that has written nothing whether a publication can be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

from flows.child_process import run_module

# A national publication takes well under a minute; this only ends a hung disk.
_SECONDS_TO_VERIFY = 3600


def verification_problems(folder: Path, warehouse: Path | None = None) -> list[str]:
    """Run `flows.publishing.verify` on a folder and return what it found, one line each.

    `warehouse` is the database that the publication was made from, where it is still at hand.
    """
    named = [str(path) for path in (folder, warehouse) if path is not None]
    try:
        done = run_module("flows.publishing.verify", *named, seconds=_SECONDS_TO_VERIFY)
    except subprocess.TimeoutExpired:
        return [f"{folder}: verification did not end within {_SECONDS_TO_VERIFY} seconds"]
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines or [f"{folder}: verification ended with code {done.returncode}"]
