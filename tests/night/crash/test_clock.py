"""A clock that jumps: figures hang on the dates of extracts, and the order of nights on numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.night import history
from flows.publishing import current_publication, list_publications
from flows.publishing.lock import RunLockedError, night_lock
from tests.conftest import run_csp
from tests.night.crash.conftest import completed, faulty_csp, standing_files
from tests.night.crash.faulty_night import CLOCK, move_clock

YEAR_BACK = -400
BEFORE_ALL_EXTRACTS = -30 * 365
YEARS_AHEAD = 10 * 365


def test_a_lock_says_since_when_by_the_holders_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_clock(YEAR_BACK, monkeypatch.setattr)
    folder = DataFolder(tmp_path)
    day = (datetime.now(UTC) + timedelta(days=YEAR_BACK)).date().isoformat()
    with (
        night_lock(folder),
        pytest.raises(RunLockedError, match=f"since {day}"),
        night_lock(folder),
    ):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("days", [YEAR_BACK, YEARS_AHEAD])
def test_a_night_with_a_wrong_clock_publishes_the_same_figures(
    news: Path, days: int, completes: Callable[[Path], None]
) -> None:
    folder = DataFolder(news)
    first = current_publication(folder)
    assert first is not None
    completed(faulty_csp(CLOCK, days, "nightly", "--data", str(news)))
    second = current_publication(folder)
    assert second is not None
    assert (second.manifest.published_at < first.manifest.published_at) is (days < 0)
    assert second.manifest.previous_publication_id == first.publication_id
    ids = [found.publication_id for found in list_publications(folder)]
    assert ids == [second.publication_id, first.publication_id]
    # The history keeps the order in which nights ended, whatever they thought of the time.
    assert [night["publication_id"] for night in history.last_nights(folder, 2)] == ids
    shown = run_csp("status", "--data", str(news))
    assert shown.returncode == 0, shown.stderr
    assert second.publication_id in shown.stdout
    completes(news)


@pytest.mark.slow
def test_a_clock_before_the_extracts_stops_the_night_and_is_named(
    news: Path, completes: Callable[[Path], None]
) -> None:
    before = standing_files(news)
    night = faulty_csp(CLOCK, BEFORE_ALL_EXTRACTS, "nightly", "--data", str(news))
    assert night.returncode == 3, night.stdout + night.stderr
    said = " ".join(night.stdout.split())
    assert "No extract is dated in the future" in said
    assert "critical: source.supply_extracts.extract_in_future" in said
    assert standing_files(news) == before
    completes(news)
