"""The generic tests of dbt find what they are for, on tables made to break."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import jinja2
import pytest

from tests.conftest import PROJECT_ROOT

GENERIC = PROJECT_ROOT / "dbt_project" / "tests" / "generic"


def failing_rows(test: str, rows: str, **arguments: Any) -> list[tuple[Any, ...]]:
    """What the test selects from a table `t` of these rows (a values list with its names)."""
    text = (GENERIC / f"{test}.sql").read_text("utf-8")
    body = re.sub(r"\{% (test .*?|endtest) %\}", "", text)
    sql = jinja2.Template(body).render(model="t", **arguments)
    with duckdb.connect() as connection:
        connection.execute(f"create table t as select * from {rows}")
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("(values (1, 'a'), (2, 'b')) as t (id, name)", []),
        ("(values (1, null), (2, null), (3, 'c')) as t (id, name)", [("name", 2)]),
        ("(values (null, null), (2, 'b')) as t (id, name)", [("id", 1), ("name", 1)]),
        ("(values (1, 'a')) as t (id, name) where false", []),
    ],
)
def test_never_null_names_each_column_with_a_null(rows: str, found: list[tuple[str, int]]) -> None:
    assert sorted(failing_rows("never_null", rows, columns=["id", "name"])) == found


def test_never_null_leaves_columns_alone_that_may_be_empty() -> None:
    assert failing_rows("never_null", "(values (1, null)) as t (id, name)", columns=["id"]) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("(values (1, 'a'), (1, 'b')) as t (id, name)", []),
        ("(values (1, 'a'), (1, 'a'), (2, 'b')) as t (id, name)", [(1, "a", 2)]),
    ],
)
def test_unique_combination_gives_each_key_that_stands_twice(
    rows: str, found: list[tuple[Any, ...]]
) -> None:
    assert failing_rows("unique_combination", rows, columns=["id", "name"]) == found
