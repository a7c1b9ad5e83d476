"""A file still being copied into the inbox: left alone by this run, loaded whole by the next."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.landing import anything_new, land_inbox
from tests.conftest import run_csp
from tests.night.crash.conftest import completed, copied, logical_hashes, standing_files
from tests.night.crash.small_inbox import NEWS, first_inbox, street_file

GROWING = NEWS[0]
WHOLE = street_file("2018-02", 2000)


@contextmanager
def being_written(path: Path, every_seconds: float) -> Iterator[Callable[[], None]]:
    """Write `WHOLE` row by row until left, or until the yielded function writes all the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = WHOLE.splitlines(keepends=True)
    path.write_bytes(b"".join(rows[:3]))
    stop = threading.Event()
    written = 3

    def write() -> None:
        nonlocal written
        while not stop.wait(every_seconds):
            with path.open("ab") as file:
                file.write(rows[written])
            written += 1

    writer = threading.Thread(target=write, daemon=True)
    writer.start()

    def write_the_rest() -> None:
        stop.set()
        writer.join()
        with path.open("ab") as file:
            file.write(b"".join(rows[written:]))
        assert path.read_bytes() == WHOLE

    try:
        yield write_the_rest
    finally:
        stop.set()
        writer.join()


# Quicker than a landing reads, and so slow that size and time stand still while it reads.
@pytest.mark.long
@pytest.mark.parametrize("every_seconds", [0.005, 0.7])
def test_it_is_left_for_the_next_landing_which_loads_it_whole(
    tmp_path: Path, every_seconds: float
) -> None:
    folder = DataFolder(first_inbox(tmp_path / "data"))
    with being_written(folder.raw / GROWING, every_seconds) as write_the_rest:
        report = land_inbox(folder, quiet_seconds=2)
        assert [record.source for record in report.loaded] == ["partner_returns", "police_uk"]
        (left,) = report.quarantined
        assert left.file == GROWING
        assert "still being written while it was read" in left.reason
        assert left.copy is None
        write_the_rest()
    assert anything_new(folder)
    (record,) = land_inbox(folder, quiet_seconds=1).loaded
    assert (record.file, record.rows_loaded) == (GROWING.rsplit("/", 1)[1], 2000)
    assert not anything_new(folder)


def test_a_file_from_a_machine_whose_clock_is_ahead_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("it waits"))

    folder = DataFolder(first_inbox(tmp_path / "data"))
    ahead = time.time() + 3600
    for file in folder.raw.rglob("*.csv"):
        os.utime(file, (ahead, ahead))
    assert len(land_inbox(folder, quiet_seconds=3600).loaded) == 2


@pytest.mark.slow
def test_a_night_says_so_and_the_next_one_takes_it_whole(
    standing_night: Path, tmp_path: Path
) -> None:
    data = copied(standing_night, tmp_path / "data")
    before = standing_files(data)
    hashes = logical_hashes(data)
    with being_written(data / "raw" / GROWING, 0.5) as write_the_rest:
        night = run_csp("nightly", "--data", str(data))
        completed(night)
        said = " ".join(night.stdout.split())
        assert f"{GROWING}: the file was still being written while it was read" in said
        assert "Next: nothing; it is read again by the next run" in said
        assert logical_hashes(data) == hashes
        assert standing_files(data) == before
        write_the_rest()
    completed(run_csp("nightly", "--data", str(data)))
    assert logical_hashes(data) != hashes
    whole = first_inbox(tmp_path / "whole")
    (whole / "raw" / GROWING).write_bytes(WHOLE)
    completed(run_csp("nightly", "--data", str(whole)))
    assert logical_hashes(data) == logical_hashes(whole)
