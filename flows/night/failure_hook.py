"""Tells somebody that a night ended without a publication: a command or a webhook, by setting."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from typing import Any

from flows.night.summary import NightSummary
from flows.settings import Settings


def tell_failure(settings: Settings, summary: NightSummary) -> list[str]:
    """Run the failure hooks; return what went wrong with them (they never fail a night again)."""
    body = json.dumps(failure_body(summary)).encode()
    problems = []
    if settings.failure_command:
        problems.append(_run_command(settings.failure_command, body, settings))
    if settings.failure_webhook:
        problems.append(_post(settings.failure_webhook, body, settings))
    return [problem for problem in problems if problem]


def failure_body(summary: NightSummary) -> dict[str, Any]:
    """Return what a hook is told: counts and names of steps and checks, no record content."""
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
    # The address itself is not repeated: it often carries a key.
    request = urllib.request.Request(  # noqa: S310  # settings admit http and https only
        address, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(  # noqa: S310
            request, timeout=settings.failure_timeout_seconds
        ) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        return f"failure webhook: HTTP {error.code}"
    except OSError as error:
        return f"failure webhook: {type(error).__name__}"
    return ""
