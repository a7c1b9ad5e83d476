"""Runs `csp` with a fault: `python -m tests.night.crash.faulty_night FAULT N ARGUMENTS…`.

The command, its server, its dbt and its checks are the real ones; only a function that FAULT names
has its N-th call followed by SIGKILL, the disk is filled before one (N bytes stay free), or the
clock is N days wrong.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from flows.data_folder import DataFolder

# What the process dies after: module, owner inside it (or none), function.
AFTER: dict[str, tuple[str, str, str]] = {
    "data in place": ("flows.landing.ledger.landed_files", "StagedFiles", "publish"),
    "record written": ("flows.landing.ledger.journal", "", "write_record"),
    "source checks written": ("flows.checking.sources", "", "write_results"),
    "mart checks written": ("flows.checking.marts", "", "write_results"),
    "parquet written": ("flows.publishing.publication", "", "write_parquet"),
    # the first folder that is flushed there is `versions`, right after the rename
    "version in place": ("flows.publishing.layout", "", "flush_folder"),
    "current link swapped": ("flows.publishing.layout", "", "_point"),
}
# Before what the disk gets full.
BEFORE: dict[str, tuple[str, str]] = {
    "full when landing": ("flows.landing", "land_inbox"),
    "full when building": ("flows.warehouse", "build_warehouse"),
    "full when checking": ("flows.checking", "check_marts"),
    "full when publishing": ("flows.publishing", "publish"),
}
FILLER = "filler"
CLOCK = "clock moved by days"
# Everything in `flows` that asks what time it is.
ASK_THE_TIME = (
    "flows.checking.supply_tables",
    "flows.command.status",
    "flows.landing.ledger.journal",
    "flows.night.log",
    "flows.night.night",
    "flows.night.start",
    "flows.publishing.lock",
    "flows.publishing.publication",
)
DURING_DBT = "models built"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(fault: str, nth: int) -> None:
    module, owner_name, name = AFTER[fault]
    owner: Any = import_module(module)
    if owner_name:
        owner = getattr(owner, owner_name)
    setattr(owner, name, dying(getattr(owner, name), nth))


def dying(step: Callable[..., Any], nth: int) -> Callable[..., Any]:
    calls = 0

    def stepped(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        result = step(*arguments, **named)
        calls += 1
        if calls == nth:
            die()
        return result

    return stepped


def die_once_dbt_has_built(models: int, data: Path) -> None:
    """Watch dbt's log; the process dies in the middle of the build, not its dbt."""
    log = DataFolder(data).dbt / "logs" / "dbt.log"
    log.unlink(missing_ok=True)

    def watch() -> None:
        while True:
            time.sleep(0.02)
            if log.exists() and models_built(log) >= models:
                die()

    threading.Thread(target=watch, daemon=True).start()


def fill_disk_before(step: str, data: Path, left: int) -> None:
    module, name = BEFORE[step]
    owner = import_module(module)
    call = getattr(owner, name)

    def stepped(*arguments: Any, **named: Any) -> Any:
        fill_disk(data, left)
        return call(*arguments, **named)

    setattr(owner, name, stepped)


def fill_disk(data: Path, left: int) -> None:
    """Leave so many bytes on the small disk that holds the data folder."""
    zeros = bytes(1 << 16)
    with (data.parent / FILLER).open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(zeros)
        except OSError as error:
            assert error.errno == errno.ENOSPC
        filler.truncate(max(filler.tell() - left, 0))


def move_clock(days: int, setter: Callable[[Any, str, Any], None] = setattr) -> None:
    """Make `flows` believe that it is so many days later (earlier, where negative)."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(days=days)

    for name in ASK_THE_TIME:
        module = import_module(name)
        assert module.datetime is datetime, name
        setter(module, "datetime", Moved)


def models_built(log: Path) -> int:
    return len(re.findall(r"of \d+ OK created", log.read_text(encoding="utf-8", errors="replace")))


def main() -> None:
    fault, nth, *arguments = sys.argv[1:]
    data = Path(arguments[arguments.index("--data") + 1])
    if fault == DURING_DBT:
        die_once_dbt_has_built(int(nth), data)
    elif fault in BEFORE:
        fill_disk_before(fault, data, int(nth))
    elif fault == CLOCK:
        move_clock(int(nth))
    else:
        die_after(fault, int(nth))
    from flows.command import main as csp

    sys.argv = ["csp", *arguments]
    csp()


if __name__ == "__main__":
    main()
