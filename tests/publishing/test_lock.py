"""One night at a time, and nobody waits for the dead."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import (
    PublishFailedError,
    RunLockedError,
    lock,
    night_lock,
    publication,
    publish,
)
from flows.settings import Settings

PROJECT_ROOT = Path(__file__).parents[2]

HOLD = """
import sys, time, pathlib
from flows.data_folder import DataFolder
from flows.publishing import night_lock
with night_lock(DataFolder(pathlib.Path(sys.argv[1])), run_id="other-night"):
    print("held", flush=True)
    time.sleep(60)
"""


def holder_of(folder: DataFolder) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.root)],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def empty(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_a_second_night_is_told_who_holds_the_lock_and_since_when(empty: DataFolder) -> None:
    other = holder_of(empty)
    try:
        with pytest.raises(RunLockedError) as refused, night_lock(empty):
            pass
        holder = refused.value.holder
        assert holder is not None
        assert (holder.pid, holder.run_id) == (other.pid, "other-night")
        assert f"process {other.pid}, since {holder.since}, run other-night" in str(refused.value)
        with pytest.raises(RunLockedError), night_lock(empty, wait_seconds=0.3):
            pass
    finally:
        other.kill()
        other.communicate()


def test_a_lock_of_a_killed_process_is_no_obstacle(empty: DataFolder) -> None:
    other = holder_of(empty)
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    assert str(other.pid) in (empty.warehouse / lock.NIGHT_LOCK).read_text()
    with night_lock(empty, run_id="mine") as holder:
        assert holder.pid == os.getpid()


def test_a_night_may_wait_for_another_to_end(empty: DataFolder) -> None:
    other = holder_of(empty)
    threading.Timer(0.5, other.kill).start()
    began = time.monotonic()
    with night_lock(empty, wait_seconds=30):
        assert 0.3 < time.monotonic() - began < 20
    other.communicate()


def test_the_lock_is_given_back_when_a_night_fails(empty: DataFolder) -> None:
    with pytest.raises(ZeroDivisionError), night_lock(empty):
        raise ZeroDivisionError
    with night_lock(empty):
        pass
    assert (empty.warehouse / lock.NIGHT_LOCK).read_text() == ""


def test_only_the_owner_reads_who_holds_it(empty: DataFolder) -> None:
    with night_lock(empty, run_id="r"), pytest.raises(RunLockedError), night_lock(empty):
        pass
    assert stat.S_IMODE((empty.warehouse / lock.NIGHT_LOCK).stat().st_mode) == 0o600


def test_a_holder_that_has_not_written_its_name_is_still_a_holder(empty: DataFolder) -> None:
    with night_lock(empty):
        (empty.warehouse / lock.NIGHT_LOCK).write_text("")
        with pytest.raises(RunLockedError, match="not written its name yet"), night_lock(empty):
            pass


def test_two_publications_at_once_do_not_mix(
    folder: DataFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "_SECONDS_TO_WAIT", 0.0)
    with lock.publication_lock(folder, run_id="first"):
        with pytest.raises(RunLockedError, match="A publication is already under way"):
            publish(folder, settings, run_id="second")
        assert not (folder.published / "versions").exists()


def test_a_lock_is_not_a_failed_publication() -> None:
    """`csp` ends differently for the two, so neither may be caught as the other."""
    assert not issubclass(RunLockedError, PublishFailedError)
    assert not issubclass(PublishFailedError, RunLockedError)
