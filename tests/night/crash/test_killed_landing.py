"""kill -9 of a landing before each change that it makes to the file system; the next one heals it.

A whole night at each of them would take hours: here the landing alone runs, in a fork that kills
itself, and what the next landing leaves is compared with one that nothing disturbed.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from tests.needs import needs_fork
from tests.night.crash.small_inbox import add_news, first_inbox

pytestmark = needs_fork

CHANGES = ("open", "rename", "replace", "unlink", "mkdir", "chmod", "fsync")
_NEVER = sys.maxsize


def land_and_die(folder: DataFolder, before_change: int) -> int:
    """Land in a fork that kills itself before its n-th change; returns how many it began."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _die_before(before_change, writes)
        land_inbox(folder)
        write_catalog(folder)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        begun = len(told.read())
    _, status = os.waitpid(child, 0)
    assert status == (0 if before_change == _NEVER else signal.SIGKILL)
    return begun


def _die_before(number: int, told: int) -> None:
    begun = itertools.count(1)  # two files are staged side by side
    write = os.write

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            reading = name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR)
            if not reading:
                write(told, b".")
                if next(begun) == number:
                    os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return called

    for name in CHANGES:
        setattr(os, name, counted(name, getattr(os, name)))


def landed(folder: DataFolder) -> dict[str, str]:
    """Every landed file and what is in it, but for the time of landing."""
    found = {}
    for path in sorted(folder.landing.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if path.parent.name == "loads":
            record = json.loads(content)
            record.pop("landed_at")
            content = json.dumps(record).encode()
        found[str(path.relative_to(folder.landing))] = content.hex()
    return found


@pytest.mark.slow
def test_before_every_single_change(tmp_path: Path) -> None:
    landings_are_completed(tmp_path, every=1)


def test_before_every_tenth_change_and_the_last(tmp_path: Path) -> None:
    landings_are_completed(tmp_path, every=10)


def landings_are_completed(tmp_path: Path, every: int) -> None:
    standing = DataFolder(first_inbox(tmp_path / "standing"))
    land_and_die(standing, _NEVER)
    inbox = add_news(standing.root) / "raw"
    undisturbed = DataFolder(tmp_path / "undisturbed")
    shutil.copytree(standing.root, undisturbed.root)
    changes = land_and_die(undisturbed, _NEVER)
    assert changes > 60, "the sweep has to pass through three loads, record and all"
    expected = landed(undisturbed)
    assert sum(name.startswith("loads/") for name in expected) == 5
    supplied = {path: path.read_bytes() for path in inbox.rglob("*") if path.is_file()}
    loads_when_killed = set()
    for number in sorted({*range(1, changes + 1, every), changes}):
        folder = DataFolder(tmp_path / f"killed-{number}")
        shutil.copytree(standing.root, folder.root)
        land_and_die(folder, number)
        loads_when_killed.add(len(list((folder.landing / "loads").glob("[!.]*.json"))))
        land_and_die(folder, _NEVER)
        assert landed(folder) == expected, f"killed before change {number} of {changes}"
        shutil.rmtree(folder.root)
    # Two loads are written side by side, so which of 3 and 4 a kill meets is chance, and of every
    # tenth change whether it meets one.
    assert {2, 5} <= loads_when_killed <= {2, 3, 4, 5}
    assert every > 1 or loads_when_killed & {3, 4}
    assert {path: path.read_bytes() for path in supplied} == supplied
