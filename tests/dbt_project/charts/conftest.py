"""Runs one dbt model on a few rows, without dbt: the model's own SQL on tables that a test makes.

dbt's unit tests compare doubles exactly; published figures are rounded, so they are tested here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.dbt_project.model_sql import compiled
from tests.dbt_project.statistics_connection import connection_with_statistics

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connection_with_statistics() as opened:
        yield opened


@pytest.fixture
def run_model(connection: duckdb.DuckDBPyConnection) -> RunModel:
    """`run_model(name, ref=rows, …)` returns the model's rows and leaves them to the next model."""

    def run(name: str, **inputs: list[Row]) -> list[Row]:
        for table, rows in inputs.items():
            connection.register("given_rows", pd.DataFrame(rows))
            connection.execute(f"create or replace table {table} as from given_rows")
        connection.execute(f"create or replace table {name} as {compiled(name)}")
        result = connection.execute(f"from {name}")
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run
