"""The statistics lie in a folder that dbt puts on the path; here the tests do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

FUNCTIONS = Path(__file__).resolve().parents[3] / "dbt_project" / "functions"
sys.path.insert(0, str(FUNCTIONS))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB with the statistics registered."""
    from register_statistics import register_statistics

    with duckdb.connect() as con:
        register_statistics(con)
        yield con
