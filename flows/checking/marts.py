"""Checks after the build: whether the marts are fit to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from expectations.results import CheckResult
from flows.checking.dbt_results import read_dbt_results
from flows.checking.frame import build_frame, frame_error
from flows.checking.last_publication import attach_last_publication
from flows.checking.pages import write_index
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse.build import BuildReport

if TYPE_CHECKING:
    import pandas as pd

# No mart, but what all of them would change in what is published.
LAST_PUBLICATION = "last_publication"

# Columns are listed by the database, for every mart alike.
_COLUMN_TYPES = """
    select coalesce(string_agg(distinct data_type, '|' order by data_type), '')
    from information_schema.columns
    where table_schema = 'main' and table_name = ?
"""


def check_marts(folder: DataFolder, settings: Settings, build: BuildReport) -> CheckReport:
    """Check every mart that has a suite, and take over the results of dbt's own tests.

    Opens the warehouse for reading only. Writes `checks/marts.parquet`, `checks/dbt.parquet` and
    Data Docs. A mart that is missing, or lacks a column that its suite needs, is an error and so
    stops publication.
    """
    from expectations.checkpoint import run_checkpoint
    from expectations.registry import subjects

    frames: dict[str, pd.DataFrame] = {}
    results: list[CheckResult] = []
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        for mart in subjects("marts"):
            try:
                if mart == LAST_PUBLICATION:
                    attach_last_publication(connection, folder)
                frames[mart] = mart_frame(connection, mart)
            except (duckdb.Error, FileNotFoundError) as error:
                results.append(frame_error("marts", mart, error))
    results += run_checkpoint("marts", frames, folder.check_pages / "marts")
    tests = read_dbt_results(build.target_path)

    write_results(folder.checks / "marts.parquet", results)
    write_results(folder.checks / "dbt.parquet", tests)
    report = CheckReport(sorted(results + tests, key=lambda result: result.check_id))
    write_index(folder)
    return report


def mart_frame(connection: duckdb.DuckDBPyConnection, mart: str) -> pd.DataFrame:
    """Take one row of counts from a mart, with the types of its columns. Raises DuckDB's errors."""
    found = connection.execute(_COLUMN_TYPES, [mart]).fetchone()
    frame = build_frame(connection, "marts", mart)
    return frame.assign(column_types=found[0] if found else None)
