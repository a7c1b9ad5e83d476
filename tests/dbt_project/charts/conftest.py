"""Runs one dbt model on a few rows, without dbt: the model's own SQL on tables that a test makes.

dbt's unit tests compare doubles exactly; published figures are rounded, so they are tested here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd
import pytest
import yaml

DBT_PROJECT = Path(__file__).resolve().parents[3] / "dbt_project"

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    sys.path.insert(0, str(DBT_PROJECT / "functions"))
    try:
        from register_statistics import register_statistics

        with duckdb.connect() as opened:
            register_statistics(opened)
            yield opened
    finally:
        sys.path.remove(str(DBT_PROJECT / "functions"))


@pytest.fixture
def run_model(connection: duckdb.DuckDBPyConnection) -> RunModel:
    """`run_model(name, ref=rows, …)` returns the model's rows and leaves them to the next model."""

    def run(name: str, **inputs: list[Row]) -> list[Row]:
        for table, rows in inputs.items():
            connection.register("given_rows", pd.DataFrame(rows))
            connection.execute(f"create or replace table {table} as from given_rows")
        connection.execute(f"create or replace table {name} as {_compiled(name)}")
        result = connection.execute(f"from {name}")
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run


def _compiled(name: str) -> str:
    (path,) = (DBT_PROJECT / "models").rglob(f"{name}.sql")
    macros = "".join(
        file.read_text(encoding="utf-8")
        for file in sorted((DBT_PROJECT / "macros").glob("*.sql"))
        if file.stem in {"periods", "unless_withheld"}
    )
    settings = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    template = jinja2.Environment(autoescape=False).from_string(  # noqa: S701 - SQL, not HTML
        macros + path.read_text(encoding="utf-8")
    )
    return template.render(ref=lambda model: model, var=settings.__getitem__)
