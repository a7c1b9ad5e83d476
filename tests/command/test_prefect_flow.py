"""The flow under Prefect itself: one test, since its server costs ten seconds."""

from __future__ import annotations

import errno
from datetime import date
from types import SimpleNamespace
from typing import Any

from flows.data_folder import PROJECT_ROOT, DataFolder


def test_the_flow_runs_retries_fails_and_reports_under_prefect(
    folder: DataFolder, steps_under_prefect: Any
) -> None:
    from prefect.artifacts import Artifact
    from prefect.flows import load_flow_from_entrypoint
    from prefect.testing.utilities import prefect_test_harness

    from flows import landing, nightly

    steps = steps_under_prefect
    land_inbox = landing.land_inbox
    answers = [OSError(errno.ESTALE, "stale file handle"), None]

    def busy_once(*words: Any, **named: Any) -> Any:
        error = answers.pop(0) if answers else None
        if error is not None:
            raise error
        return land_inbox(*words, **named)

    landing.land_inbox = busy_once  # type: ignore[assignment]
    nightly.land.retry_delay_seconds = 0
    try:
        with prefect_test_harness():
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

            # An error that will not pass by itself is not tried again.
            steps.calls.clear()
            steps.errors["land"] = OSError(errno.EACCES, "permission denied")
            denied = nightly.nightly(str(folder.root), force=True, return_state=True)
            assert denied.is_failed()
            assert steps.calls == ["land"]

            # A deployment loads the file under another name; its parameters have to be known then.
            loaded = load_flow_from_entrypoint(
                "flows/nightly.py:nightly", use_placeholder_flow=False
            )
            given = {"data": str(folder.root), "as_at": "2018-08-31"}
            assert loaded.validate_parameters(given)["as_at"] == date(2018, 8, 31)
    finally:
        landing.land_inbox = land_inbox
        nightly.land.retry_delay_seconds = 5
