"""A run that runs out of memory says so with the next step, and its process ends."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.night.memory import out_of_memory
from tests.conftest import PROJECT_ROOT
from tests.needs import needs_memory_limit, needs_signals
from tests.night.crash.small_inbox import first_inbox


@pytest.mark.parametrize(
    "said",
    [
        "OutOfMemoryException at flows/checking/landing_tables.py, line 89 (its words are kept …)",
        "MemoryError at a library (its words are kept out of logs)",
        "Cannot allocate memory",
        "RuntimeError: can't start new thread",
        "dbt ended with exit code -9",
        "Out of Memory Error: failed to pin block",
        "Unknown error: Failed to launch worker thread: Resource temporarily unavailable",
        "std::bad_alloc",
        "dbt stopped with exit code 2 before it ran a model.\nMemoryError:",
    ],
)
def test_it_is_known_by_the_words_of_libraries_and_names_the_next_step(said: str) -> None:
    words = out_of_memory(said)
    assert words is not None
    assert words.startswith("The run ran out of memory")
    assert "Next: raise the limit" in words


@pytest.mark.parametrize(
    "said",
    ["No space left on device", "ValueError at flows/landing/land.py, line 3", "exit code 1",
     "dbt ended with exit code -15"],
)  # fmt: skip
def test_other_failures_are_not_taken_for_it(said: str) -> None:
    assert out_of_memory(said) is None


_HANGING = """
import threading, time
from flows.night.end_guard import guard_this_process, run_ended
guard_this_process()
threading.Thread(target=lambda: time.sleep(600)).start()  # as a library that waits for ever
run_ended({code}, seconds=1)
{then}
"""


@pytest.mark.long
@needs_signals
@pytest.mark.parametrize("then", ["", "threading.Event().wait()"], ids=["at exit", "before"])
@pytest.mark.parametrize(("code", "expected"), [(3, 3), (0, 1)])
def test_a_process_that_stays_after_its_run_is_ended(then: str, code: int, expected: int) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _HANGING.format(code=code, then=then)],
        cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == expected
    assert "the run has ended, but its process has not" in done.stderr
    assert time.monotonic() - began < 30


def under_a_limit(
    limit: str, kib: int, *command: str, before: str = ""
) -> subprocess.CompletedProcess[str]:
    program = f"{before}\nfrom flows.command import main; main()"
    return subprocess.run(
        ["/bin/sh", "-c", f'ulimit {limit} {kib} && exec "$0" "$@"',
         sys.executable, "-c", program, *command],
        cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip


@needs_memory_limit
@pytest.mark.parametrize(("limit", "kib"), [("-v", 2_900_000), ("-v", 1_250_000), ("-d", 900_000)])
@pytest.mark.parametrize("command", ["nightly", "schedule"])
def test_nothing_begins_under_a_limit_that_no_run_can_keep(
    tmp_path: Path, limit: str, kib: int, command: str
) -> None:
    data = first_inbox(tmp_path / "data")
    done = under_a_limit(limit, kib, command, "--data", str(data))
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1, said
    assert f"too little memory: ulimit {limit} allows" in said
    assert "Next: raise the limit" in said
    assert not (data / "warehouse" / "landing" / "loads").exists()


@pytest.mark.slow
@needs_memory_limit
def test_a_run_under_a_memory_limit_ends_and_names_it(tmp_path: Path) -> None:
    data = first_inbox(tmp_path / "data")
    # a small inbox that begins ends as a large one does under a higher limit
    begins = "from flows.night import memory; memory._LEAST.update({'ulimit -d': 0})"
    done = under_a_limit("-d", 700_000, "nightly", "--data", str(data), before=begins)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1, said
    assert "ran out of memory (ulimit -d allows" in said
    assert "Next: raise the limit" in said
    assert not (data / "published" / "manifest.json").exists()
    assert list((data / "quarantine").rglob("*.reason.txt")) == []
