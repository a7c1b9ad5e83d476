"""dbt after the night that started it was killed: it ends, and until then nobody else builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.publishing import RunLockedError, lock, night_lock
from tests.conftest import PROJECT_ROOT
from tests.needs import needs_signals
from tests.night.crash.faulty_night import models_built
from tests.night.crash.small_inbox import first_inbox

pytestmark = needs_signals

BUILDING_NIGHT = """
import sys, pathlib
from flows.data_folder import DataFolder
from flows.publishing import night_lock
from flows.settings import Settings
from flows.warehouse import build_warehouse
folder = DataFolder(pathlib.Path(sys.argv[1]))
with night_lock(folder, run_id="killed-night"):
    build_warehouse(folder, Settings())
"""

NIGHT_WITH_A_CHILD_THAT_STAYS = """
import subprocess, sys, pathlib, time
from flows.data_folder import DataFolder
from flows.publishing.lock import held_descriptors, night_lock
with night_lock(DataFolder(pathlib.Path(sys.argv[1])), run_id="killed-night"):
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=held_descriptors()
    )
    print(child.pid, flush=True)
    time.sleep(60)
"""


def started(code: str, folder: DataFolder) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder.root)],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 120
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.mark.slow
def test_dbt_ends_with_a_killed_night_and_the_next_night_may_begin(tmp_path: Path) -> None:
    folder = DataFolder(first_inbox(tmp_path / "data"))
    land_inbox(folder)
    write_catalog(folder)
    night = started(BUILDING_NIGHT, folder)
    log = folder.dbt / "logs" / "dbt.log"
    wait_until(lambda: log.exists() and models_built(log) >= 5)
    os.kill(night.pid, signal.SIGKILL)
    night.communicate()
    # When the lock is free it is sure that dbt has ended: that is the whole point.
    with night_lock(folder):
        left = log.read_bytes()
        assert models_built(log) < 100, "dbt went on to its end after its night was killed"
        time.sleep(1)
        assert log.read_bytes() == left, "dbt goes on although somebody else has the lock"


def test_what_a_killed_night_left_behind_holds_its_lock_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_SECONDS_FOR_THE_LEFT_BEHIND", 0.3)
    folder = DataFolder(tmp_path / "data")
    night = started(NIGHT_WITH_A_CHILD_THAT_STAYS, folder)
    assert night.stdout is not None
    child = int(night.stdout.readline())
    os.kill(night.pid, signal.SIGKILL)
    night.wait()
    try:
        with (
            pytest.raises(RunLockedError, match=f"process {night.pid}, .* has ended, but a build"),
            night_lock(folder),
        ):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
    monkeypatch.setattr(lock, "_SECONDS_FOR_THE_LEFT_BEHIND", 30)
    with night_lock(folder):
        pass


def test_a_child_that_ends_in_time_is_waited_for(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    night = started(NIGHT_WITH_A_CHILD_THAT_STAYS, folder)
    assert night.stdout is not None
    child = int(night.stdout.readline())
    os.kill(night.pid, signal.SIGKILL)
    night.wait()
    ended = threading.Event()

    def end_child() -> None:
        ended.set()
        os.kill(child, signal.SIGKILL)

    threading.Timer(1, end_child).start()
    with night_lock(folder):
        assert ended.is_set()
