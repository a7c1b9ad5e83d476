"""How many threads a build gets, in DuckDB and in dbt, by how many rows have landed.

A model of a small landing is ready in some milliseconds, most of which several threads take to
begin and to wait for one another: on two cores a build of the sample (87,000 rows) takes 10.5 s
with two and 7.6 s with one (BENCHMARKS.md, "The build of the sample"). The other core then works on
a second model or test. Of a large landing one model alone may need all the memory that DuckDB has.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

#: from so many landed rows on, as many threads as the machine has cores
ROWS_WORTH_THREADS = 500_000


def threads_for_landing(connection: duckdb.DuckDBPyConnection, landing: Path) -> int | None:
    """Give the number of threads for what has landed in this folder; None leaves DuckDB's own.

    Raises `duckdb.Error` where the folder has no catalog of loads: no model could be built.
    """
    counted = connection.execute(
        "select sum(rows_loaded) from read_parquet($loads)",
        {"loads": str(landing / "catalog" / "loads.parquet")},
    ).fetchone()
    rows = counted[0] if counted and counted[0] else 0
    return 1 if rows < ROWS_WORTH_THREADS else None


def models_at_once(connection: duckdb.DuckDBPyConnection, landing: Path) -> int:
    """Give how many models or tests dbt may work on at the same time.

    Raises `duckdb.Error` as `threads_for_landing` does.
    """
    small = threads_for_landing(connection, landing) == 1
    return min(2, os.cpu_count() or 1) if small else 1
