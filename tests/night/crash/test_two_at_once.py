"""Two commands on one data folder: one night at a time, and readers can be sent back meanwhile."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import current_publication, list_publications
from tests.conftest import PROJECT_ROOT, run_csp
from tests.night.crash.conftest import completed, logical_hashes, start_csp, wait_until
from tests.night.crash.small_inbox import first_inbox

HOLD = """
import pathlib, sys, time
from flows.data_folder import DataFolder
from flows.publishing import night_lock
with night_lock(DataFolder(pathlib.Path(sys.argv[1])), run_id="other-night"):
    print("held", flush=True)
    time.sleep(60)
"""


def holder_of(data: Path) -> dict[str, str]:
    try:
        written = json.loads((data / "warehouse" / "night.lock").read_text())
    except (OSError, ValueError):
        return {}
    return written if written["run_id"] else {}  # the command's first look has none


def test_a_second_night_says_who_holds_the_lock_and_ends_with_1(tmp_path: Path) -> None:
    data = first_inbox(tmp_path / "data")
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    try:
        second = run_csp("nightly", "--data", str(data))
    finally:
        other.kill()
        other.communicate()
    assert second.returncode == 1
    said = " ".join(second.stderr.split())
    assert re.search(
        rf"A run is already under way .* process {other.pid}, since 20\d\d-.*, run other-night",
        said,
    )
    assert "Next: wait for it to end, then run `csp nightly` again" in said
    assert list((data / "warehouse" / "landing").iterdir()) == []


@pytest.mark.slow
def test_two_nights_a_rollback_and_a_diff_at_once(
    news: Path, undisturbed_hashes: dict[str, str]
) -> None:
    folder = DataFolder(news)
    before = current_publication(folder)
    assert before is not None
    night = start_csp("nightly", "--data", str(news))
    wait_until(lambda: bool(holder_of(news)), night)
    second = run_csp("nightly", "--data", str(news))
    assert second.returncode == 1
    assert f"process {night.pid}, since {holder_of(news)['since']}" in second.stderr
    night.communicate()
    assert night.returncode == 0
    assert logical_hashes(news) == undisturbed_hashes
    now = current_publication(folder)
    assert now is not None
    assert len(list_publications(folder)) == 2

    said = run_csp("diff", "--data", str(news))
    assert said.returncode == 0, said.stderr
    assert f"From {before.publication_id} to {now.publication_id}" in said.stdout
    assert re.search(r"Figures: [\d,]+ added, 0 removed, [\d,]+ changed", said.stdout)

    # A rollback does not wait for a night that is landing or building.
    night = start_csp("nightly", "--force", "--data", str(news))
    wait_until(lambda: bool(holder_of(news)), night)
    back = run_csp("publish", "--rollback", "--data", str(news))
    assert back.returncode == 0, back.stderr
    assert f"The publication {before.publication_id} stands" in back.stdout
    assert night.poll() is None
    assert logical_hashes(news) != undisturbed_hashes
    night.communicate()
    assert night.returncode == 0
    # The night publishes what it has built on top of what stands then.
    assert logical_hashes(news) == undisturbed_hashes
    after = current_publication(folder)
    assert after is not None
    assert after.manifest.previous_publication_id == before.publication_id
    completed(run_csp("nightly", "--data", str(news)))
