"""Ask a process that has written nothing whether a publication can be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]

# Hashing a national publication twice takes well under a minute; this only ends a hung disk.
_SECONDS_TO_VERIFY = 3600


def verification_problems(folder: Path) -> list[str]:
    """Run `flows.publishing.verify` on a folder and return what it found, one line each."""
    path = os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            # -P: a folder named `flows` where the user happens to stand is not this one.
            [sys.executable, "-P", "-m", "flows.publishing.verify", str(folder)],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=_SECONDS_TO_VERIFY,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [f"{folder}: verification did not end within {_SECONDS_TO_VERIFY} seconds"]
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines or [f"{folder}: verification ended with code {done.returncode}"]
