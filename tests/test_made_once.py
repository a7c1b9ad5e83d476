"""What workers share is made by the first that asks, and read by the others."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import PROJECT_ROOT

SESSION = """
import os
from pathlib import Path

import pytest

from tests.made_once import made_once

NOTES = Path("{notes}")


def make(folder):
    with NOTES.open("a") as notes:
        notes.write(f"made {folder.name}\\n")
    (folder / "file").write_text("whole")
    if folder.name == "damaged":
        raise ValueError("no such table")
    return folder


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("name", ["whole", "damaged"])
def test_it(name, number, tmp_path_factory):
    made = made_once(tmp_path_factory, name, make)
    with NOTES.open("a") as notes:
        notes.write(f"read by {os.environ['PYTEST_XDIST_WORKER']}\\n")
    assert (made / "file").read_text() == "whole"
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """What a session of two workers said that asks for two things, and what was noted in it."""
    folder = tmp_path_factory.mktemp("session")
    notes = folder / "notes.txt"
    file = folder / "test_session.py"
    file.write_text(SESSION.replace("{notes}", str(notes)))
    # xdist alone: every other plugin would be imported by three processes
    command = ["pytest", "-q", "-p", "xdist", "-n", "2", "--dist=load", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", *command, f"--basetemp={folder / 'base'}", str(file)],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "6 failed, 6 passed" in done.stdout, done.stdout + done.stderr
    return done.stdout, notes.read_text().splitlines()


def test_two_workers_make_it_once(session: tuple[str, list[str]]) -> None:
    _, noted = session
    assert noted.count("made whole") == 1
    assert noted.count("read by gw0") + noted.count("read by gw1") == 6
    assert {"read by gw0", "read by gw1"} <= set(noted)


def test_where_it_fails_every_worker_says_why_and_nobody_tries_again(
    session: tuple[str, list[str]],
) -> None:
    said, noted = session
    assert noted.count("made damaged") == 1
    assert said.count("damaged could not be made: ValueError: no such table") >= 5
