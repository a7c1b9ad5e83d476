"""A failed critical check of the build or the marts that a person lets through, with a reason.

Loads that fail a check of what came in are let through one by one: `flows.checking.hold_back`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from expectations.results import CheckResult
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.data_folder import DataFolder
from flows.publishing.failures import PublishFailedError
from flows.publishing.layout import PublishedFolder
from flows.publishing.manifest import LetThrough, read_manifest
from flows.sql_text import literal
from flows.warehouse.checks_folder import CHECK_COLUMNS

_FILES = ("sources", "landing", "marts", "dbt")


def let_through(
    folder: DataFolder, report: CheckReport, reasons: Mapping[str, str]
) -> tuple[CheckReport, list[LetThrough]]:
    """Write the reason beside each failure that may pass; return the report and what passed.

    `reasons` (by check id) are this run's. What the standing publication let through passes again
    as long as the check sees exactly the same: another sight needs another word. A check that
    erred says nothing, and is never let through. The result stays critical and failed, in the
    report and in the files that `rpt_checks` reads: its description says that and why it passed.
    """
    standing = {(one.check_id, one.observed): one.reason for one in _standing(folder)}
    passed: dict[str, LetThrough] = {}
    results = []
    for result in report.results:
        reason = reasons.get(result.check_id) or standing.get((result.check_id, result.observed))
        if reason and result.stops_publication and result.status == "failed":
            passed[result.check_id] = LetThrough(result.check_id, result.observed, reason)
            words = f"{result.description} {words_of_reason(reason)}"
            results.append(replace(result, description=words))
        else:
            results.append(result)
    if not passed:
        return report, []
    described = {
        result.check_id: result.description for result in results if result.check_id in passed
    }
    for name in _FILES:
        _rewrite(folder, name, described)
    return CheckReport(results), list(passed.values())


def words_of_reason(reason: str) -> str:
    """Word why a failed check was let through, for its description."""
    return f"Let through: {reason}"


def _standing(folder: DataFolder) -> tuple[LetThrough, ...]:
    published = PublishedFolder.of(folder, folder.as_at)
    current = published.current_id()
    if current is None:
        return ()
    try:
        return read_manifest(published.version(current)).let_through
    except PublishFailedError:
        return ()


def _rewrite(folder: DataFolder, name: str, described: Mapping[str, str]) -> None:
    file = folder.checks / f"{name}.parquet"
    if not file.exists():
        return
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {', '.join(CHECK_COLUMNS)} from read_parquet({literal(file)})"
        ).fetchall()
    results = [CheckResult(*row) for row in rows]
    if any(result.check_id in described for result in results):
        write_results(
            file,
            [
                replace(result, description=described.get(result.check_id, result.description))
                for result in results
            ],
        )
