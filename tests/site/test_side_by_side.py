"""A site of many areas is written by several processes: the same bytes, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from flows.data_folder import CODE_ROOT
from flows.site.side_by_side import processes_for, run_side_by_side
from flows.site.write import write_site

_SLEEPERS = """
import os, sys, time
from flows.site.side_by_side import run_side_by_side
run_side_by_side([(os.mkdir, (sys.argv[1],)), (time.sleep, (120,)), (time.sleep, (120,))], 2)
"""


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.long
def test_several_processes_write_what_one_does(site: Path, tmp_path: Path) -> None:
    publication = site.resolve().parent
    written = tmp_path / "site"
    written.mkdir()
    write_site(
        publication / "community_safety.duckdb",
        publication / "manifest.json",
        written,
        processes=2,
    )
    assert _contents(written) == _contents(site)


def test_few_areas_are_not_worth_a_process() -> None:
    assert processes_for(3) == 1
    assert 1 <= processes_for(23) <= 4


def test_what_a_piece_raises_is_raised(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        run_side_by_side([(os.mkdir, (str(tmp_path),)), (time.sleep, (0,))], 2)


def test_a_killed_process_ends_the_work() -> None:
    with pytest.raises(BrokenProcessPool):
        run_side_by_side([(os._exit, (1,)), (time.sleep, (0,))], 2)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the processes of a session")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    began = tmp_path / "began"
    starter = subprocess.Popen(
        [sys.executable, "-c", _SLEEPERS, str(began)],
        env={**os.environ, "PYTHONPATH": str(CODE_ROOT)},
        start_new_session=True,
    )
    try:
        _until(began.is_dir)
        assert len(_of_session(starter.pid)) > 1
        starter.kill()
        starter.wait()
        _until(lambda: not _of_session(starter.pid))
    finally:
        if left := _of_session(starter.pid):
            os.killpg(starter.pid, signal.SIGKILL)
        assert not left


def _of_session(session: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(state[3]) == session and state[0] != "Z":
            found.append(int(entry.name))
    return found


def _until(holds: object) -> None:
    assert callable(holds)
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
