"""dbt's unit tests of one model, read from their YAML and run in this process.

As dbt does: what a test gives stands for the model's inputs, columns that it leaves out are NULL,
and only the columns that it expects are compared, as a multiset of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import sql_mutants
import yaml

from tests.dbt_project import model_sql

Columns = Mapping[str, Sequence[tuple[str, str]]]


@cache
def _all_unit_tests() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted((sql_mutants.PROJECT / "dbt_project" / "models").rglob("*.yml")):
        read = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text
        for test in (read or {}).get("unit_tests", []):
            found.setdefault(test["model"], []).append(test)
    return found


def unit_tests_of(model: str) -> list[dict[str, Any]]:
    """Give the unit tests of a model whose rows are dictionaries, all values as text."""
    return [
        test
        for test in _all_unit_tests().get(model, [])
        if all(given.get("format", "dict") == "dict" for given in test["given"])
    ]


def passes(connection: duckdb.DuckDBPyConnection, test: dict[str, Any], columns: Columns) -> bool:
    """Whether the model gives the rows that the test expects; `columns` has every input's types."""
    for given in test["given"]:
        name = given["input"].split("'")[1]
        _fill(connection, f"given_{name}", columns[name], given.get("rows") or [])
    overrides = (test.get("overrides") or {}).get("vars") or {}
    settings = {key: yaml.safe_load(str(value)) for key, value in overrides.items()}
    sql = model_sql.compiled(test["model"], lambda name: f"given_{name}", settings)
    connection.execute(f"create or replace temp table actual as {sql}")
    types = {row[0]: row[1] for row in connection.execute("describe actual").fetchall()}
    expected = test["expect"].get("rows") or []
    if not expected:
        return connection.execute("select count(*) from actual").fetchone() == (0,)
    names = list(dict.fromkeys(name for row in expected for name in row))
    _fill(connection, "expected", [(name, types[name]) for name in names], expected)
    listed = ", ".join(names)
    differing = connection.execute(
        f"""
        (select {listed} from actual except all select {listed} from expected)
        union all
        (select {listed} from expected except all select {listed} from actual)
        """
    ).fetchall()
    return not differing


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(f"create or replace temp table {table} ({listed})")
    for row in rows:
        names = [name for name, _ in columns if name in row]
        cells = [None if row[name] in ("null", "~", "") else row[name] for name in names]
        connection.execute(
            f"insert into {table} ({', '.join(names)}) values ({', '.join('?' * len(names))})",
            cells,
        )
