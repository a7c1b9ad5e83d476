"""kill -9 of a real `csp nightly` at every step: nothing that stands is touched, nothing is lost.

Each kill is followed by an ordinary night that has to publish what an undisturbed one published.
They take ten minutes. Where that takes seconds, finer steps are killed one by one: each change that
a landing makes to the disk in test_killed_landing.py, each that a publication makes in
tests/publishing/test_killed_night.py, and dbt without its night in test_left_behind_build.py.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.needs import needs_signals
from tests.night.crash.conftest import faulty_csp, logical_hashes, standing_files
from tests.night.crash.faulty_night import DURING_DBT

pytestmark = [
    pytest.mark.slow,
    needs_signals,
]

BEFORE_THE_SWAP = [
    ("data in place", 2),  # between a landed data file and its load record
    ("record written", 1),  # after a landing file: it is on the record, two more are not
    ("record written", 3),
    ("source checks written", 1),
    (DURING_DBT, 60),
    ("mart checks written", 1),
    ("parquet written", 1),
    ("version in place", 1),  # renamed, but not current yet
]
AFTER_THE_SWAP = [("current link swapped", 1)]


def killed(data: Path, fault: str, nth: int) -> None:
    night = faulty_csp(fault, nth, "nightly", "--data", str(data))
    assert night.returncode == -signal.SIGKILL, night.stdout + night.stderr


@pytest.mark.parametrize(("fault", "nth"), BEFORE_THE_SWAP)
def test_before_the_swap_the_last_publication_stands_byte_for_byte(
    news: Path, fault: str, nth: int, completes: Callable[[Path], None]
) -> None:
    before = standing_files(news)
    killed(news, fault, nth)
    assert standing_files(news) == before
    completes(news)


@pytest.mark.parametrize(("fault", "nth"), AFTER_THE_SWAP)
def test_after_the_swap_the_new_one_stands_whole(
    news: Path,
    fault: str,
    nth: int,
    undisturbed_hashes: dict[str, str],
    completes: Callable[[Path], None],
) -> None:
    killed(news, fault, nth)
    assert logical_hashes(news) == undisturbed_hashes
    completes(news)
