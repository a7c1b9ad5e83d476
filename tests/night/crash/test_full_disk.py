"""A disk that gets full at any step: said in words, nothing half done, and taken up afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import run_csp
from tests.night.crash.conftest import copied, faulty_csp, standing_files
from tests.night.crash.faulty_night import FILLER
from tests.night.crash.mounts import small_disk
from tests.night.crash.small_inbox import add_news, first_inbox


def test_a_night_without_room_does_not_begin(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk:
        data = first_inbox(disk / "data")
        night = run_csp("nightly", "--data", str(data))
        assert night.returncode == 1
        said = " ".join(night.stderr.split())
        assert f"{data}/warehouse: the disk is full" in said
        assert "of 8.0 MiB are free. Expected: at least 64.0 MiB. Next: free some space" in said
        assert "Traceback" not in said
        assert not (data / "published" / "versions").exists()


@pytest.mark.slow
def test_a_disk_that_gets_full_at_each_step(
    standing_night: Path, tmp_path: Path, completes: Callable[[Path], None]
) -> None:
    """The news is landed by the third night; once there is space again the next one completes."""
    with small_disk(tmp_path / "disk", 400) as disk:
        data = add_news(copied(standing_night, disk / "data"))
        before = standing_files(data)
        for step, words in (
            ("landing", "land: No space left on device"),
            ("building", "build: dbt could not write all of it: No space left on device"),
            ("publishing", "publish: DuckDB could not copy the marts"),
        ):
            night = faulty_csp(f"full when {step}", 0, "nightly", "--data", str(data))
            said = night.stdout + night.stderr
            assert night.returncode == 1, said
            assert f"Not published  {words}" in said
            assert f"{data}/warehouse: the disk is full, " in said
            assert "Next: free some space there and run `csp nightly` again" in said
            assert "Traceback" not in said
            assert standing_files(data) == before
            assert [path for path in data.rglob("*.tmp") if "prefect" not in path.parts] == []
            (disk / FILLER).unlink()
        completes(data)
