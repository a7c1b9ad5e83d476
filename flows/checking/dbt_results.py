"""Results of dbt's tests, from the files that dbt writes for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from expectations.results import CheckResult, Severity, Status

_TESTS = {"test", "unit_test"}
_STATUS: dict[str, Status] = {"pass": "passed", "fail": "failed", "warn": "failed"}


class DbtResultsMissingError(RuntimeError):
    """dbt's result files are not where the build said."""


def read_dbt_results(target: Path) -> list[CheckResult]:
    """One result per data test and unit test of the last `dbt build` into `target`.

    A test that dbt skipped or could not run is an error, never a pass. dbt's own message is left
    out: it can quote rows. Raises `DbtResultsMissingError` when a file is not there.
    """
    run = _read(target / "run_results.json")
    manifest = _read(target / "manifest.json")
    nodes: dict[str, Any] = {**manifest["nodes"], **manifest.get("unit_tests", {})}
    results = [
        _result(result, nodes.get(result["unique_id"], {}))
        for result in run["results"]
        if result["unique_id"].split(".", 1)[0] in _TESTS
    ]
    return sorted(results, key=lambda result: result.check_id)


def _read(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DbtResultsMissingError(
            f"{file}: expected dbt's results, found no file. Next step: run csp nightly --force, "
            "and read dbt's log in the warehouse folder if it stays."
        ) from error
    return found


def _result(result: dict[str, Any], node: dict[str, Any]) -> CheckResult:
    said = str(result["status"])
    status = _STATUS.get(said, "error")
    # A warn threshold passed is a warning even where the test's own severity is error.
    declared = str(node.get("config", {}).get("severity") or "error").lower()
    warned = said == "warn" or (declared == "warn" and status != "error")
    severity: Severity = "warning" if warned else "critical"
    failures = int(result.get("failures") or 0)
    unit = result["unique_id"].startswith("unit_test.")
    observed = (
        f"dbt says {said}"
        if status == "error"
        else ("as expected" if status == "passed" else "other rows than expected")
        if unit
        else f"{failures} failing rows"
    )
    return CheckResult(
        check_id=f"build.{result['unique_id']}",
        stage="build",
        tool="dbt",
        subject=_subject(node),
        description=" ".join(str(node.get("description") or "").split())
        or str(node.get("name") or result["unique_id"]),
        severity=severity,
        status=status,
        observed=observed,
        expected="the rows that the unit test gives" if unit else "0 failing rows",
        unexpected_count=failures if not unit else int(status == "failed"),
        next_step=f"Run the test's SQL against the warehouse: dbt show --select "
        f"{node.get('name') or result['unique_id']}.",
    )


def _subject(node: dict[str, Any]) -> str:
    """Name the model, seed or source that a test is of."""
    named = node.get("attached_node") or node.get("model") or ""
    if not named:
        depends: list[str] = node.get("depends_on", {}).get("nodes", [])
        named = depends[0] if depends else "project"
    return str(named).rsplit(".", 1)[-1]
