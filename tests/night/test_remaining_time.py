"""The estimate of how long a run will still take."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.night.history import remember
from flows.night.remaining_time import in_words, last_step_seconds, remaining_seconds
from flows.night.summary import NightSummary, StepTime

# A run of 60 seconds.
LAST = {
    "land": 10.0,
    "check_sources": 4.0,
    "build": 30.0,
    "check_marts": 2.0,
    "publish": 6.0,
    "retain": 0.0,
    "write_site": 8.0,
}


@pytest.mark.parametrize(
    ("step", "elapsed", "done", "total", "expected"),
    [
        ("land", 0.0, 0, 0, 60.0),
        ("build", 10.0, 0, 0, 36.0),
        # a third of the models in a third of the time of the last run
        ("build", 10.0, 150, 450, 36.0),
        # half the models in the last run's time for all of them: as much again
        ("build", 30.0, 225, 450, 46.0),
        # half done, and three times as slow as the last time
        ("build", 29.0, 225, 450, 45.0),
        ("publish", 9.0, 0, 0, 8.0),
        ("write_site", 8.0, 0, 0, 0.0),
    ],
)
def test_it_follows_the_last_run_and_then_the_counts(
    step: str, elapsed: float, done: int, total: int, expected: float
) -> None:
    assert remaining_seconds(step, elapsed, done, total, LAST) == pytest.approx(expected)


def test_without_a_last_run_counts_alone_tell() -> None:
    assert remaining_seconds("build", 10.0, 0, 450, {}) is None
    assert remaining_seconds("build", 10.0, 4, 450, {}) is None  # too few to tell
    assert remaining_seconds("build", 10.0, 90, 450, {}) == pytest.approx(40.0)
    assert remaining_seconds("publish", 10.0, 0, 0, {}) is None
    assert remaining_seconds("prefect", 1.0, 0, 0, LAST) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (4, "a few seconds left"),
        (32, "about 30 seconds left"),
        (58, "about 1 minute left"),
        (95, "about 2 minutes left"),
        (3600, "about 60 minutes left"),
    ],
)
def test_an_estimate_is_said_roughly(seconds: float | None, words: str) -> None:
    assert in_words(seconds) == words


def test_only_a_run_that_published_says_how_long_one_takes(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.ensure()
    assert last_step_seconds(folder) == {}
    for outcome, seconds in (("published", 7.0), ("failed", 1.0)):
        run = NightSummary(run_id=outcome, pid=1, started="2026-11-22T08:00:00+00:00")
        run.outcome = outcome  # type: ignore[assignment]  # both are outcomes
        run.steps = [StepTime("land", seconds, "done")]
        remember(folder, run)
    assert last_step_seconds(folder) == {"land": 7.0}
