"""kill -9 at any moment of a publication: the last one stands, and the next night completes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.publishing import current_publication, list_publications, publish, verify
from flows.settings import Settings
from tests.needs import needs_signals
from tests.publishing.small_warehouse import build_warehouse, everything_below

PROJECT_ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.usefixtures("verified_in_this_process"),
    needs_signals,
]

BEFORE_THE_SWAP = ["copied", "flushed", "in place, not current"]
AFTER_THE_SWAP = ["current link swapped", "before retention"]


def publish_killed(data: Path, value: int, *how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.publishing.killed_publication", str(data), str(value), *how],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def value_read(folder: DataFolder) -> int:
    """What a reader finds under the stable name."""
    file = folder.published / "community_safety.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        ((value,),) = connection.execute(
            "select distinct value from fct_indicator_values"
        ).fetchall()
    return int(value)


@cache
def undisturbed_hashes(value: int) -> dict[str, str]:
    """What a publication of these figures has that nothing disturbed."""
    with TemporaryDirectory() as root:
        folder = DataFolder(Path(root) / "data")
        folder.ensure()
        build_warehouse(folder, value)
        return publish(folder, Settings(), run_id="x").manifest.logical_hashes


def the_next_night_completes(folder: DataFolder, value: int) -> None:
    build_warehouse(folder, value)
    settings = Settings(publications_kept=2)
    finished = publish(folder, settings, run_id="next")
    assert value_read(folder) == value
    assert verify.differences(finished.folder) == []
    assert finished.manifest.logical_hashes == undisturbed_hashes(value)
    assert sorted(path.name for path in (folder.published / "versions").iterdir()) == sorted(
        found.publication_id for found in list_publications(folder)
    )
    assert sorted(path.name for path in folder.published.iterdir()) == [
        "community_safety.duckdb",
        "current",
        "manifest.json",
        "parquet",
        "versions",
    ]


@pytest.mark.long
@pytest.mark.parametrize("step", BEFORE_THE_SWAP)
def test_before_the_swap_the_last_publication_stands_byte_for_byte(
    folder: DataFolder, step: str
) -> None:
    publish(folder, Settings(publications_kept=2), run_id="good")
    before = everything_below(folder.published)
    killed = publish_killed(folder.root, 7, "step", step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    after = everything_below(folder.published)
    assert {name: after.get(name) for name in before} == before
    assert value_read(folder) == 10545
    the_next_night_completes(folder, 7)


@pytest.mark.long
@pytest.mark.parametrize("step", AFTER_THE_SWAP)
def test_after_the_swap_the_new_publication_stands_whole(folder: DataFolder, step: str) -> None:
    publish(folder, Settings(publications_kept=2), run_id="good")
    killed = publish_killed(folder.root, 7, "step", step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert value_read(folder) == 7
    the_next_night_completes(folder, 8)


@pytest.mark.long
@pytest.mark.parametrize("step", ["in place, not current", "current link swapped"])
def test_a_first_night_that_is_killed_is_made_good_by_the_next(
    folder: DataFolder, step: str
) -> None:
    killed = publish_killed(folder.root, 7, "step", step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    # nothing new to publish must still give readers the names that the killed night left out
    the_next_night_completes(folder, 7)


@pytest.mark.slow
def test_at_every_single_change_to_the_file_system(folder: DataFolder, tmp_path: Path) -> None:
    """Three publications stand, two are kept: the sweep passes through retention, too."""
    for value in (1, 2):
        build_warehouse(folder, value)
        publish(folder, Settings(publications_kept=2), run_id="good")
    good = current_publication(folder)
    assert good is not None
    before = everything_below(good.folder)
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(folder.root, rehearsal, symlinks=True)
    counted = publish_killed(rehearsal, 7, "count")
    changes = int(counted.stdout)
    assert changes > 30, "the sweep has to pass through the whole publication"
    seen = set()
    for number in range(1, changes + 1):
        data = tmp_path / f"killed-{number}"
        shutil.copytree(folder.root, data, symlinks=True)
        killed = publish_killed(data, 7, "call", str(number))
        assert killed.returncode == -signal.SIGKILL, (number, killed.stderr)
        there = DataFolder(data)
        seen.add(value_read(there))
        found = current_publication(there)
        assert found is not None
        assert verify.differences(found.folder) == [], number
        if value_read(there) == 2:
            assert everything_below(found.folder) == before, number
        the_next_night_completes(there, 8)
        shutil.rmtree(data)
    assert seen == {2, 7}
