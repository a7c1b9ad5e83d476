"""What workers share is made by the first that asks, and read by the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SESSION = """
from pathlib import Path

import pytest

from tests.made_once import made_once

NOTES = Path("{notes}")


def make(folder):
    with NOTES.open("a") as notes:
        notes.write("made\\n")
    (folder / "file").write_text("whole")
    if {fails}:
        raise ValueError("no such table")
    return folder


@pytest.mark.parametrize("number", range(6))
def test_it(number, tmp_path_factory):
    assert (made_once(tmp_path_factory, "thing", make) / "file").read_text() == "whole"
"""


def session(tmp_path: Path, *, fails: bool) -> tuple[int, str, str]:
    """Run six tests on two workers; give the exit code, the output and what was noted."""
    notes = tmp_path / "notes.txt"
    file = tmp_path / "test_session.py"
    file.write_text(SESSION.format(notes=notes, fails=fails))
    command = ["pytest", "-q", "-n", "2", "--dist=load", "-p", "no:cacheprovider", str(file)]
    done = subprocess.run(
        [sys.executable, "-m", *command, f"--basetemp={tmp_path / 'base'}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, notes.read_text()


def test_two_workers_make_it_once(tmp_path: Path) -> None:
    code, said, notes = session(tmp_path, fails=False)
    assert (code, notes) == (0, "made\n"), said


def test_where_it_fails_every_worker_says_why_and_nobody_tries_again(tmp_path: Path) -> None:
    code, said, notes = session(tmp_path, fails=True)
    assert (code, notes) == (1, "made\n"), said
    assert "thing could not be made: ValueError: no such table" in said
