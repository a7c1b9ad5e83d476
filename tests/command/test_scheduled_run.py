"""A run that a server starts: on the folder of its process only, and noted whatever came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.data_folder import DataFolder
from flows.night.failures import RunFailedError, StepFailedError
from flows.publishing.lock import RunLockedError, night_lock
from flows.scheduling.scheduled_runs import ScheduledRun, read_scheduled_runs
from flows.settings import SettingsError

DUE = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def guarded(folder: DataFolder, steps: Any, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Runs of this test are of a deployment that serves the folder; notes who is guarded."""
    from flows import nightly

    calls: list[bool] = []
    monkeypatch.setattr(nightly, "deployment", SimpleNamespace(id="deployment"))
    monkeypatch.setattr(
        nightly, "flow_run", SimpleNamespace(scheduled_start_time=DUE, parameters={})
    )
    monkeypatch.setattr(nightly, "guard_this_process", lambda: calls.append(True))
    monkeypatch.setenv("CSP_DATA", str(folder.root))
    folder.ensure()
    return calls


def _run(folder: Path | str | None, **others: Any) -> Any:
    from flows import nightly

    return nightly.nightly.fn(None if folder is None else str(folder), **others)


def _noted(folder: DataFolder) -> ScheduledRun:
    [run] = read_scheduled_runs(folder).values()
    assert run.due == DUE
    assert run.started is not None
    assert run.ended is not None
    return run


def test_it_is_noted_as_published_and_its_process_is_guarded(
    folder: DataFolder, guarded: list[bool]
) -> None:
    _run(folder.root, force=True)
    assert _noted(folder).outcome == "published"
    assert guarded == [True]


def test_without_news_it_is_noted_too(
    folder: DataFolder, guarded: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.night.start.nothing_to_do", lambda folder, settings: True)
    assert _run(None) == "nothing new"
    assert _noted(folder).outcome == "nothing_new"


def test_a_step_that_fails_is_noted_as_failed(
    folder: DataFolder, guarded: list[bool], steps: Any
) -> None:
    steps.errors["build"] = RuntimeError("Secret words of a library")
    with pytest.raises(RunFailedError):
        _run(folder.root, force=True)
    assert _noted(folder).outcome == "failed"


def test_settings_that_went_wrong_since_are_the_reason_why_it_did_not_begin(
    folder: DataFolder, guarded: list[bool]
) -> None:
    (folder.root / "csp.toml").write_text("stale_after_days = 0\n")
    with pytest.raises(SettingsError):
        _run(folder.root)
    noted = _noted(folder)
    assert noted.outcome == "not_begun"
    assert "stale_after_days = 0: expected" in noted.reason


def test_another_run_that_holds_the_folder_is_the_reason_too(
    folder: DataFolder, guarded: list[bool]
) -> None:
    with night_lock(folder), pytest.raises(RunLockedError):
        _run(folder.root, force=True)
    noted = _noted(folder)
    assert noted.outcome == "not_begun"
    assert "already under way" in noted.reason


def test_another_folder_is_refused_before_anything_is_written_there(
    folder: DataFolder, guarded: list[bool], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "raw").mkdir(parents=True)
    with pytest.raises(
        StepFailedError, match=r"this deployment runs on .*data only, not on .*other"
    ):
        _run(other, force=True)
    assert sorted(path.name for path in other.iterdir()) == ["raw"]
    assert read_scheduled_runs(folder) == {}


def test_the_same_folder_by_another_name_is_the_same(
    folder: DataFolder, guarded: list[bool], tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(folder.root)
    _run(tmp_path / "link", force=True)
    assert _noted(folder).outcome == "published"


def test_a_run_by_hand_has_any_folder_and_is_not_noted(
    folder: DataFolder, steps: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CSP_DATA", str(tmp_path / "other"))
    folder.ensure()
    _run(folder.root, force=True)
    assert read_scheduled_runs(folder) == {}
