"""A process that waits for its work does it once, and is never left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.child_process import ReadyModule
from flows.data_folder import CODE_ROOT

_STARTER = """
import os, time
from flows.child_process import ReadyModule
ready = ReadyModule("tests.waits_for_arguments")
print(ready._process.pid, flush=True)
time.sleep(120)
"""


def _ends(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_it_gets_its_arguments_as_they_are() -> None:
    done = ReadyModule("tests.waits_for_arguments").run("a b", "O'Brien\n", "", seconds=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["a b", "O'Brien\n", ""]


def test_one_that_takes_too_long_is_ended() -> None:
    ready = ReadyModule("tests.waits_for_arguments")
    with pytest.raises(subprocess.TimeoutExpired):
        ready.run("sleep", seconds=1)
    assert ready._process.returncode == -signal.SIGKILL


def test_one_that_is_not_needed_is_ended() -> None:
    ready = ReadyModule("tests.waits_for_arguments")
    ready.end()
    assert ready._process.returncode == -signal.SIGKILL


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_one_that_waits_ends_with_a_starter_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STARTER], cwd=CODE_ROOT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        starter.kill()
    assert _ends(pid)
