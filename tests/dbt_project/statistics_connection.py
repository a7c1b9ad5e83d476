"""A DuckDB with the statistics that models call; their folder is no package."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

STATISTICS = Path(__file__).resolve().parents[2] / "dbt_project" / "duckdb_functions" / "statistics"


@contextmanager
def connection_with_statistics() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty DuckDB that has the statistics."""
    sys.path.insert(0, str(STATISTICS))
    try:
        from register_statistics import register_statistics

        # one thread, as dbt has on a small landing
        with duckdb.connect(config={"threads": 1}) as opened:
            register_statistics(opened)
            yield opened
    finally:
        sys.path.remove(str(STATISTICS))
