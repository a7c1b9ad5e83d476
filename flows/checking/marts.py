"""Checks after the build: whether the marts are fit to be published."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.checkpoint import run_checkpoint
from expectations.registry import subjects
from expectations.results import CheckResult
from flows.checking.dbt_results import read_dbt_results
from flows.checking.frame import build_frame, frame_error
from flows.checking.last_publication import attach_last_publication
from flows.checking.pages import at_once, write_pages
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse.build import BuildReport

if TYPE_CHECKING:
    import pandas as pd

# Compares what would be published with what is.
LAST_PUBLICATION = "last_publication"


def check_marts(
    folder: DataFolder,
    settings: Settings,
    build: BuildReport,
    meanwhile: Callable[[Callable[[], None]], None] = at_once,
) -> CheckReport:
    """Check the marts against the last publication, and take over the results of dbt's tests.

    Opens the warehouse for reading only. Writes `checks/marts.parquet` and `checks/dbt.parquet`,
    and the pages of the checks, which `meanwhile` may have done by somebody else. A mart that is
    missing, or lacks a column that a suite needs, is an error and so stops publication.
    """
    frames: dict[str, pd.DataFrame] = {}
    contexts: list[Any] = []
    results: list[CheckResult] = []
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        for mart in subjects("marts"):
            try:
                if mart == LAST_PUBLICATION:
                    attach_last_publication(connection, folder)
                frames[mart] = build_frame(connection, "marts", mart)
            except (duckdb.Error, FileNotFoundError) as error:
                results.append(frame_error("marts", mart, error))
        tests = read_dbt_results(build.target_path, connection)
    results += run_checkpoint("marts", frames, contexts.append)

    write_results(folder.checks / "marts.parquet", results)
    write_results(folder.checks / "dbt.parquet", tests)
    meanwhile(partial(write_pages, folder, "marts", contexts))
    return CheckReport(sorted(results + tests, key=lambda result: result.check_id))
