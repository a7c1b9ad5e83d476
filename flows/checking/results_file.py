"""Check results as Parquet files, which the view `rpt_checks` reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from expectations.results import CheckResult
from flows.warehouse.checks_folder import CHECK_COLUMNS


def write_results(file: Path, results: Sequence[CheckResult]) -> None:
    """Write results (a row each, ordered by check id) beside `file`, then move them into place.

    No row gives an empty file of the right columns. The file is private (0600).
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    columns = ", ".join(f"{name} {kind}" for name, kind in CHECK_COLUMNS.items())
    rows = [
        [getattr(result, name) for name in CHECK_COLUMNS]
        for result in sorted(results, key=lambda result: result.check_id)
    ]
    try:
        with duckdb.connect() as connection:
            connection.execute(f"create table results ({columns})")
            if rows:
                marks = ", ".join("?" for _ in CHECK_COLUMNS)
                connection.executemany(f"insert into results values ({marks})", rows)
            connection.table("results").order("check_id").write_parquet(
                str(beside), compression="zstd"
            )
        beside.chmod(0o600)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
