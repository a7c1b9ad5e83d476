"""The models' own SQL on made-up tables, one after the other, without dbt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd
import pytest
import yaml

DBT_PROJECT = Path(__file__).resolve().parents[3] / "dbt_project"


class Models:
    """Tables that a test fills, and models built from them in the order in which they are named."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def fill(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        """Make `table` anew with these rows."""
        self.connection.execute(f"create or replace table {table} ({columns})")
        if rows:
            places = ", ".join(["(" + ", ".join("?" * len(rows[0])) + ")"] * len(rows))
            self.connection.execute(
                f"insert into {table} values {places}", [cell for row in rows for cell in row]
            )

    def build(self, *models: str) -> None:
        """Build the models, each as a table of its own name."""
        for model in models:
            self.connection.execute(f"create or replace table {model} as {_compiled(model)}")

    def frame(self, query: str) -> pd.DataFrame:
        """Answer a query."""
        return self.connection.execute(query).df()


def _compiled(model: str) -> str:
    (path,) = (DBT_PROJECT / "models").rglob(f"{model}.sql")
    macros = "".join(
        file.read_text(encoding="utf-8") for file in sorted((DBT_PROJECT / "macros").glob("*.sql"))
    )
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    template = jinja2.Environment(autoescape=False).from_string(  # noqa: S701 - SQL, not HTML
        macros + path.read_text(encoding="utf-8")
    )
    return template.render(
        ref=lambda name: name, var=project["vars"].__getitem__, config=lambda **_: ""
    )


@pytest.fixture(scope="module")
def models() -> Iterator[Models]:
    sys.path.insert(0, str(DBT_PROJECT / "functions"))
    try:
        from register_statistics import register_statistics

        with duckdb.connect() as opened:
            register_statistics(opened)
            yield Models(opened)
    finally:
        sys.path.remove(str(DBT_PROJECT / "functions"))
