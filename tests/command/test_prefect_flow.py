"""The flow under Prefect itself: one test, since its server costs ten seconds."""

from __future__ import annotations

import errno
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from expectations.results import CheckResult
from flows.data_folder import DataFolder


@pytest.mark.long
def test_the_flow_runs_retries_fails_and_reports_under_prefect(
    folder: DataFolder,
    steps_under_prefect: Any,
    planned_by_prefect: tuple[Path, float, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from prefect.artifacts import Artifact
    from prefect.client.orchestration import get_client
    from prefect.testing import utilities

    from flows import landing, nightly

    # the harness would make its database again, in five seconds
    home = tmp_path / "harness"
    home.mkdir()
    shutil.copy(planned_by_prefect[0], home / "prefect-test.db")
    monkeypatch.setattr(utilities, "mkdtemp", lambda: str(home))

    steps = steps_under_prefect
    land_inbox = landing.land_inbox
    answers = [OSError(errno.ESTALE, "stale file handle"), None]

    def busy_once(*words: Any, **named: Any) -> Any:
        error = answers.pop(0) if answers else None
        if error is not None:
            raise error
        return land_inbox(*words, **named)

    landing.land_inbox = busy_once
    nightly.land.retry_delay_seconds = 0  # type: ignore[assignment]
    try:
        with utilities.prefect_test_harness():
            # A share that does not answer for a moment is asked again.
            good = nightly.nightly(str(folder.root), date(2018, 8, 31), return_state=True)
            assert good.is_completed(), good.message
            assert answers == []
            summary = Artifact.get("nightly-summary")
            assert summary is not None
            assert "Outcome: **published**" in str(summary.data)

            # A critical check ends in a Failed state that names it.
            steps.failing_checks = [
                SimpleNamespace(
                    check_id="rows_per_month", subject="f", description="", severity="critical",
                    status="failed", observed="", expected="",
                )
            ]  # fmt: skip
            bad = nightly.nightly(str(folder.root), force=True, return_state=True)
            assert bad.is_failed()
            assert "rows_per_month" in str(bad.message)

            # Let through by name and with a reason, the same night is published and says so.
            real = CheckResult(
                check_id="rows_per_month",
                stage="mart",
                tool="test",
                subject="f",
                description="Rows of a month.",
                severity="critical",
                status="failed",
                observed="3",
                expected="10",
                unexpected_count=3,
            )
            steps.failing_checks = [real]
            wrong = nightly.nightly(
                str(folder.root), force=True, let_through={"another": "no"}, return_state=True
            )
            assert wrong.is_failed()
            calls_before = steps.calls.count("publish")
            passed = nightly.nightly(
                str(folder.root),
                force=True,
                let_through={"rows_per_month": "a strike"},
                return_state=True,
            )
            assert passed.is_completed(), passed.message
            assert steps.calls.count("publish") == calls_before + 1
            assert passed.result().let_through == {"rows_per_month": "a strike"}
            assert [one.reason for one in steps.let_through] == ["a strike"]
            steps.failing_checks = []

            # A library's error quotes a cell: what Prefect keeps has names and counts alone.
            steps.errors["build"] = ValueError("could not convert 'Secret Person'")
            secret = nightly.nightly(str(folder.root), force=True, return_state=True)
            assert secret.is_failed()
            with get_client(sync_client=True) as client:
                kept: list[Any] = [*client.read_flow_runs(), *client.read_task_runs()]
                told = " ".join(f"{run.name} {run.parameters} {run.state}" for run in kept
                                if hasattr(run, "parameters"))  # fmt: skip
                told += " ".join(str(run.state) for run in kept)
                artifacts = client.read_artifacts()
            told += " ".join(str(artifact.data) for artifact in artifacts)
            assert "ValueError at" in told
            assert "nightly" in told
            assert "Secret Person" not in told
            steps.errors.clear()

            # An error that will not pass by itself is not tried again.
            steps.calls.clear()
            steps.errors["land"] = OSError(errno.EACCES, "permission denied")
            denied = nightly.nightly(str(folder.root), force=True, return_state=True)
            assert denied.is_failed()
            assert steps.calls == ["land"]
    finally:
        landing.land_inbox = land_inbox
        nightly.land.retry_delay_seconds = 5  # type: ignore[assignment]


def test_the_flows_parameters_are_types_and_no_text() -> None:
    """A served deployment runs the flow away from its module, where text could not be resolved."""
    from flows.nightly import nightly

    assert not any(isinstance(kind, str) for kind in nightly.fn.__annotations__.values())


@pytest.mark.parametrize(("heartbeats", "every"), [(False, None), (True, 180)])
def test_a_server_that_watches_over_runs_gets_heartbeats(
    monkeypatch: pytest.MonkeyPatch, heartbeats: bool, every: int | None
) -> None:
    from prefect.settings import get_current_settings

    from flows import nightly

    # in the place of Prefect's flow, whose heartbeats are as often as this says
    monkeypatch.setattr(
        nightly,
        "flow",
        lambda **_: lambda _: lambda **_: get_current_settings().flows.heartbeat_frequency,
    )
    start: Any = SimpleNamespace(as_at=None, started=datetime.now(UTC))
    assert nightly.nightly_here(start, heartbeats=heartbeats) == every
