"""Results of dbt's tests, from the files that dbt writes for other programs.

A test with named rules (`rules_hold`) gives a result per rule; any other gives one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from expectations.results import CheckResult, Severity, Status

_TESTS = {"test", "unit_test"}
_STATUS: dict[str, Status] = {"pass": "passed", "fail": "failed", "warn": "failed"}
# The generic test whose argument `rules` maps the name of a rule to what must hold.
RULES_TEST = "rules_hold"
_NAMED = 5


class DbtResultsMissingError(RuntimeError):
    """dbt's result files are not where the build said."""


def read_dbt_results(target: Path, warehouse: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """One result per named rule, data test and unit test of the last `dbt build` into `target`.

    A test that dbt skipped or could not run is an error, never a pass. dbt's own message is left
    out: it can quote rows. Which rules of a failed test are broken is asked of `warehouse`, the
    database that was built. Raises `DbtResultsMissingError` when a file is not there.
    """
    run = _read(target / "run_results.json")
    manifest = _read(target / "manifest.json")
    nodes: dict[str, Any] = {**manifest["nodes"], **manifest.get("unit_tests", {})}
    results: list[CheckResult] = []
    for result in run["results"]:
        node = nodes.get(result["unique_id"], {})
        if (node.get("test_metadata") or {}).get("name") == RULES_TEST:
            table = nodes.get(node.get("attached_node") or "", {})
            results += _rules(result, node, table, warehouse)
        elif result["unique_id"].split(".", 1)[0] in _TESTS:
            results.append(_result(result, node))
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


def _rules(
    result: dict[str, Any],
    node: dict[str, Any],
    table: dict[str, Any],
    warehouse: duckdb.DuckDBPyConnection,
) -> Iterator[CheckResult]:
    """Give a result per rule: the sentence that its name is, and the rows that break it.

    `table` is the model that the rules are of: one that is no mart lies in a schema of its own.
    """
    status, severity = _outcome(result, node)
    failing: dict[str, int] = {}
    if status == "failed":
        failing = dict(warehouse.execute(result["compiled_code"]).fetchall())
    subject = _subject(node)
    relation = f"{table['schema']}.{table['name']}" if table.get("schema") else subject
    for rule, asks in node["test_metadata"]["kwargs"]["rules"].items():
        rows = failing.get(rule, 0)
        named = _named(relation, asks, warehouse) if rows and "named_by" in asks else ""
        yield CheckResult(
            check_id=f"build.{subject}.{rule}",
            stage="build",
            tool="dbt",
            subject=subject,
            description=_sentence(rule),
            severity=severity,
            status=status if status == "error" or rows else "passed",
            observed=f"dbt says {result['status']}" if status == "error" else f"{rows} rows{named}",
            expected="0 rows that break the rule",
            unexpected_count=rows,
            next_step=_next_step(node)
            or f"Query the rows of {subject} that break the rule, and fix the model that makes "
            f"them: dbt test --select {node['name']}.",
        )


def _sentence(name: str) -> str:
    """Read a name as the sentence that it is: rank_is_within_the_family."""
    return f"{name.replace('_', ' ').capitalize()}."


def _named(relation: str, rule: dict[str, str], warehouse: duckdb.DuckDBPyConnection) -> str:
    """Name what breaks a rule, as the rule says it may be named: the first, and how many more."""
    found = warehouse.execute(
        f"select {rule['named_by']} as named from {relation} "
        f"where not coalesce({rule['every_row']}, true) group by named order by named nulls last"
    ).fetchall()
    shown = "; ".join(str(name) for (name,) in found[:_NAMED])
    more = len(found) - _NAMED
    return f": {shown}" + (f"; and {more:,} more" if more > 0 else "")


def _result(result: dict[str, Any], node: dict[str, Any]) -> CheckResult:
    status, severity = _outcome(result, node)
    failures = int(result.get("failures") or 0)
    unit = result["unique_id"].startswith("unit_test.")
    observed = (
        f"dbt says {result['status']}"
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
        or _sentence(str(node.get("name") or result["unique_id"])),
        severity=severity,
        status=status,
        observed=observed,
        expected="the rows that the unit test gives" if unit else "0 failing rows",
        unexpected_count=failures if not unit else int(status == "failed"),
        next_step=_next_step(node)
        or "Run the test's SQL against the warehouse: dbt show --select "
        f"{node.get('name') or result['unique_id']}.",
    )


def _outcome(result: dict[str, Any], node: dict[str, Any]) -> tuple[Status, Severity]:
    """Say what became of a test, and how bad that is."""
    said = str(result["status"])
    status = _STATUS.get(said, "error")
    # A warn threshold passed is a warning even where the test's own severity is error.
    declared = str(node.get("config", {}).get("severity") or "error").lower()
    warned = said == "warn" or (declared == "warn" and status != "error")
    return status, "warning" if warned else "critical"


def _next_step(node: dict[str, Any]) -> str:
    return str((node.get("config", {}).get("meta") or {}).get("next_step") or "")


def _subject(node: dict[str, Any]) -> str:
    """Name the model, seed or source that a test is of."""
    named = node.get("attached_node") or node.get("model") or ""
    if not named:
        depends: list[str] = node.get("depends_on", {}).get("nodes", [])
        named = depends[0] if depends else "project"
    return str(named).rsplit(".", 1)[-1]
