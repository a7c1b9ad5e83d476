"""The statistics lie in a folder that dbt puts on the path; here the tests do."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import duckdb
import pytest

from tests.dbt_project.statistics_connection import STATISTICS, connection_with_statistics

sys.path.insert(0, str(STATISTICS))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB with the statistics registered."""
    with connection_with_statistics() as opened:
        yield opened
