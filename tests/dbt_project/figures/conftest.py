"""The models' own SQL on made-up tables, one after the other, without dbt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.dbt_project.model_sql import compiled
from tests.dbt_project.statistics_connection import connection_with_statistics


class Models:
    """Tables that a test fills, and models built from them in the order in which they are named."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.settings: dict[str, Any] = {}
        # nobody has declared an own indicator, unless a test says so
        self.fill(
            "int_own_indicator_witnesses",
            "source varchar, dataset varchar, indicator_id varchar, witness_indicator_id varchar",
            [],
        )
        self.fill(
            "int_own_indicator_rules",
            "indicator_id varchar, counts_by varchar, word varchar",
            [],
        )

    def fill(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        """Make `table` again with these rows."""
        self.connection.execute(f"create or replace table {table} ({columns})")
        if rows:
            places = ", ".join(["(" + ", ".join("?" * len(rows[0])) + ")"] * len(rows))
            self.connection.execute(
                f"insert into {table} values {places}", [cell for row in rows for cell in row]
            )

    def build(self, *models: str) -> None:
        """Build the models, each as a table of its own name."""
        for model in models:
            sql = compiled(model, settings=self.settings)
            self.connection.execute(f"create or replace table {model} as {sql}")

    def frame(self, query: str) -> pd.DataFrame:
        """Answer a query."""
        return self.connection.execute(query).df()

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Answer a query, a dictionary per row."""
        answer = self.connection.execute(query)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@pytest.fixture(scope="module")
def models() -> Iterator[Models]:
    with connection_with_statistics() as opened:
        yield Models(opened)
