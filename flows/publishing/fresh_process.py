"""Ask a process that has written nothing whether a publication can be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

from flows.child_process import run_module

# Hashing a national publication twice takes well under a minute; this only ends a hung disk.
_SECONDS_TO_VERIFY = 3600


def verification_problems(folder: Path) -> list[str]:
    """Run `flows.publishing.verify` on a folder and return what it found, one line each."""
    try:
        done = run_module("flows.publishing.verify", str(folder), seconds=_SECONDS_TO_VERIFY)
    except subprocess.TimeoutExpired:
        return [f"{folder}: verification did not end within {_SECONDS_TO_VERIFY} seconds"]
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines or [f"{folder}: verification ended with code {done.returncode}"]
