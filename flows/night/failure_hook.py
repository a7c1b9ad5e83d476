"""Reports that a run ended without a publication, or never began: a command or a webhook."""

from __future__ import annotations

import http.client
import json
import subprocess
import threading
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any

from flows.night.summary import NightSummary
from flows.settings import Settings

# A clock that was years off makes more missed runs than anybody reads.
_MOST_LISTED = 20


def report_failure(settings: Settings, summary: NightSummary) -> list[str]:
    """Run the failure hooks; return what went wrong with them (they never fail a run again)."""
    return _send(settings, failure_body(summary))


def report_missed_runs(
    settings: Settings, missed: list[tuple[datetime, str]], next_due: datetime
) -> list[str]:
    """Run the hooks for runs that were due and did nothing; `missed` holds due time and reason."""
    return _send(settings, missed_body(missed, next_due))


def missed_body(missed: list[tuple[datetime, str]], next_due: datetime) -> dict[str, Any]:
    """Return what a hook gets about missed runs: times (UTC) and reasons, no record content."""
    return {
        "outcome": "missed",
        "exit_code": 1,
        "runs_missed": len(missed),
        "missed": [
            {"due": due.isoformat(timespec="seconds"), "reason": reason}
            for due, reason in missed[-_MOST_LISTED:]
        ],
        "next_due": next_due.isoformat(timespec="seconds"),
    }


def _send(settings: Settings, content: dict[str, Any]) -> list[str]:
    body = json.dumps(content).encode()
    problems = []
    if settings.failure_command:
        problems.append(_run_command(settings.failure_command, body, settings))
    if settings.failure_webhook:
        problems.append(_post(settings.failure_webhook, body, settings))
    return [problem for problem in problems if problem]


def failure_body(summary: NightSummary) -> dict[str, Any]:
    """Return what a hook gets: counts and names of steps and checks, no record content."""
    return {
        "run_id": summary.run_id,
        "outcome": summary.outcome,
        "exit_code": summary.exit_code,
        "failed_step": summary.failed_step,
        "started": summary.started,
        "ended": summary.ended,
        "critical_checks": [
            check.check_id for check in summary.checks_not_passed if check.severity == "critical"
        ],
        "held_back": [
            {
                "file": load.place,
                "checks": [check.check_id for check in load.checks],
                "next_step": load.checks[0].next_step,
            }
            for load in summary.held_back
        ],
        "files_refused": len(summary.refused),
        "rows_rejected": summary.rows_rejected,
    }


def _run_command(command: list[str], body: bytes, settings: Settings) -> str:
    try:
        done = subprocess.run(
            command, input=body, capture_output=True, timeout=settings.failure_timeout_seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"failure command: no end after {settings.failure_timeout_seconds} s"
    except OSError as error:
        return f"failure command: {error.strerror or type(error).__name__}"
    return "" if done.returncode == 0 else f"failure command: exit code {done.returncode}"


def _post(address: str, body: bytes, settings: Settings) -> str:
    """Post in a thread of its own, so that the time limit holds for all of it.

    `urllib` limits each read alone: an answer of one byte every few seconds would never end. The
    thread is left to itself when the time is over, and ends with the process at the latest.
    """
    answered: list[str] = []
    posting = threading.Thread(
        target=lambda: answered.append(_answer(address, body, settings)), daemon=True
    )
    try:
        posting.start()
    except RuntimeError:  # no memory for a thread
        return "failure webhook: RuntimeError"
    posting.join(settings.failure_timeout_seconds)
    if answered:
        return answered[0]
    return f"failure webhook: no whole answer after {settings.failure_timeout_seconds} s"


def _answer(address: str, body: bytes, settings: Settings) -> str:
    # The address itself is not repeated: it often carries a key.
    try:
        request = urllib.request.Request(  # noqa: S310  # settings admit http and https only
            address, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(  # noqa: S310
            request, timeout=settings.failure_timeout_seconds + 1
        ) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        return f"failure webhook: HTTP {error.code}"
    except (OSError, ValueError) as error:
        return f"failure webhook: {type(error).__name__}"
    except http.client.HTTPException as error:
        return f"failure webhook: {type(error).__name__}, what answers there is not HTTP"
    return ""
