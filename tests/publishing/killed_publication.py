"""Publishes as a night does and kills itself with SIGKILL at a chosen step.

python killed_publication.py DATA VALUE step NAME   after the step of that name
python killed_publication.py DATA VALUE call N      before the N-th change to the file system
python killed_publication.py DATA VALUE count       never; prints how many changes there are
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.data_folder import DataFolder
from flows.publishing import layout, publication, publish, verify
from flows.settings import Settings
from tests.publishing.small_warehouse import write_warehouse

FILE_SYSTEM_CALLS = (
    "mkdir", "rename", "replace", "symlink", "unlink", "rmdir", "chmod", "fsync"
)  # fmt: skip


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_after(step: Callable[..., Any]) -> Callable[..., Any]:
    def stepped(*arguments: Any, **named: Any) -> Any:
        step(*arguments, **named)
        die()

    return stepped


def kill_after(step: str) -> None:
    owner: Any
    owner, name = {
        "copied": (publication, "copy_marts"),
        "parquet written": (publication, "write_parquet"),
        "manifest written": (publication, "write_text"),
        "flushed": (publication, "flush_tree"),
        "verified": (publication, "verification_problems"),
        "intent written": (layout, "write_text"),
        "in place, not current": (os, "rename"),
        "current link swapped": (layout, "_point"),
        "current": (layout.PublishedFolder, "make_current"),
        "before retention": (layout.PublishedFolder, "put_in_place"),
    }[step]
    setattr(owner, name, dying_after(getattr(owner, name)))


def kill_before_call(number: int) -> list[str]:
    seen: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            seen.append(name)
            if len(seen) == number:
                die()
            return call(*arguments, **named)

        return called

    for name in FILE_SYSTEM_CALLS:
        setattr(os, name, counted(name, getattr(os, name)))
    return seen


def main(data: str, value: str, how: str, which: str = "") -> None:
    folder = DataFolder(Path(data))
    settings = Settings(publications_kept=2)
    write_warehouse(folder, int(value))
    seen: list[str] = []
    # test_fresh_process.py has the process that verifies
    setattr(publication, "verification_problems", verify.differences)  # noqa: B010
    if how == "step":
        kill_after(which)
    else:
        seen = kill_before_call(int(which) if how == "call" else -1)
    publish(folder, settings, run_id="killed")
    print(len(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
