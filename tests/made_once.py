"""What is expensive to make is made once for all parallel workers of a test session."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]
) -> Made:
    """Give what `make` returned for a folder of its own; the first worker that asks makes it.

    The others wait for it, and read what it left. What is returned has to be picklable: paths and
    values, no connections. Tests must not change the folder. Where making it fails, every worker
    fails, with the same words.
    """
    base = tmp_path_factory.getbasetemp()
    # a parallel worker has a folder of its own below the session's
    shared = base.parent if base.name.startswith("popen-") else base
    folder, result = shared / name, shared / f"{name}.pickle"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            folder.mkdir(exist_ok=True)
            try:
                outcome: tuple[bool, Made | str] = (True, make(folder))
            except Exception as error:
                outcome = (False, f"{type(error).__name__}: {error}")
                result.write_bytes(pickle.dumps(outcome))
                raise
            result.write_bytes(pickle.dumps(outcome))
        done, made = pickle.loads(result.read_bytes())  # noqa: S301  # written above
    if not done:
        pytest.fail(f"{name} could not be made: {made}")
    return made
