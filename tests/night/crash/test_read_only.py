"""Read-only folders: an inbox may be one; where a night has to write, it says so at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from tests.conftest import run_csp
from tests.night.crash.mounts import read_only
from tests.night.crash.small_inbox import first_inbox


@pytest.mark.parametrize("name", ["warehouse", "published", "quarantine", "reports"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    data = first_inbox(tmp_path / "data")
    DataFolder(data).ensure()
    with read_only(data / name):
        night = run_csp("nightly", "--data", str(data))
    assert night.returncode == 1, night.stdout
    said = " ".join(night.stderr.split())
    assert f"{data / name}: it is read-only for this user. Expected: a folder that a run" in said
    assert "Next: make it writable for the user that runs `csp nightly`" in said
    assert "Traceback" not in said
    assert list((data / "warehouse" / "landing").iterdir()) == []


def test_a_data_folder_that_cannot_be_written_at_all(tmp_path: Path) -> None:
    data = first_inbox(tmp_path / "data")
    with read_only(data):
        night = run_csp("nightly", "--data", str(data))
    assert night.returncode == 1, night.stdout
    assert f"{data}/warehouse: Read-only file system. Expected: a folder" in night.stderr
    assert "Traceback" not in night.stderr


def test_a_rollback_into_a_read_only_folder_is_refused_in_words(tmp_path: Path) -> None:
    data = first_inbox(tmp_path / "data")
    DataFolder(data).ensure()
    with read_only(data):
        done = run_csp("publish", "--rollback", "--data", str(data))
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_inbox_may_be_read_only(news: Path, completes: Callable[[Path], None]) -> None:
    with read_only(news / "raw"):
        completes(news)
