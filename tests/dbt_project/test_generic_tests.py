"""The generic tests of dbt find what they are for, on tables made to break."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import jinja2
import pytest

from tests.conftest import PROJECT_ROOT

TESTS = PROJECT_ROOT / "dbt_project" / "tests"


def rendered(test: str, **arguments: Any) -> str:
    """The SQL of a test, as dbt compiles it for these arguments; tables go by their own names."""
    (file,) = TESTS.rglob(f"{test}.sql")
    body = re.sub(r"\{% (test .*?|endtest) %\}", "", file.read_text("utf-8"))
    return jinja2.Template(body).render(config=lambda **_: "", ref=str, **arguments)


def failing_rows(test: str, rows: str, **arguments: Any) -> list[tuple[Any, ...]]:
    """What the test selects from a table `t` of these rows (a values list with its names)."""
    sql = rendered(test, model="t", **arguments)
    with duckdb.connect() as connection:
        connection.execute(f"create table t as select * from {rows}")
        return connection.execute(sql).fetchall()


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


@pytest.mark.parametrize(
    ("rule", "values", "found"),
    [
        ({"every_row": "a > 0"}, "(1, 1), (0, 1), (null, 1)", 1),
        ({"in_order": ["a", "b"]}, "(1, 1), (2, 1), (null, 1), (0.30000000000000004, 0.3)", 1),
        ({"in_order": [1, "a", "b"]}, "(1, 1), (0, 1), (3, 2)", 2),
        ({"at_least_zero": ["a", "b"]}, "(0, null), (-1, null), (1, -1)", 2),
        ({"percentages": ["a"]}, "(0, 0), (100, 0), (101, 0), (-1, 0), (null, 0)", 2),
        ({"null_when": "a = 1", "columns": ["b"]}, "(1, null), (2, 1), (1, 0)", 1),
        ({"column": "a", "equals": "b + 1"}, "(2, 1), (3, 1), (null, 1), (2, null)", 2),
        ({"unique": ["a", "b"]}, "(1, 1), (1, 2), (1, 1), (null, 1), (null, 1)", 2),
        ({"unique": ["a"], "where": "b = 1"}, "(1, 1), (1, 2)", 0),
        ({"key": ["a", "b"]}, "(1, 1), (1, 2), (1, 1), (null, 1), (null, 1)", 2),
        ({"key": ["a"]}, "(1, 1), (2, 1)", 0),
        ({"never_null": ["a", "b"]}, "(1, 1), (null, 1), (1, null), (null, null)", 3),
        ({"never_null": ["a"], "where": "b = 1"}, "(null, 1), (null, 2), (1, 1)", 1),
        ({"values_of": "a", "are": [1, 2]}, "(1, 1), (3, 1), (null, 1)", 1),
        ({"values_of": "b", "are": ["no clear change", "it's"]}, "(1, 'it''s'), (1, 'x')", 1),
        ({"some_row": "a = 1"}, "(1, 1), (2, 1)", 0),
        ({"some_row": "a = 3"}, "(1, 1), (2, 1)", 1),
    ],
)
def test_a_rule_counts_the_rows_that_break_it(
    rule: dict[str, Any], values: str, found: int
) -> None:
    rows = f"(values {values}) as t (a, b)"
    counted = dict(failing_rows("rules_hold", rows, rules={"it_holds": rule}))
    assert counted == ({"it_holds": found} if found else {})


def test_rules_of_one_table_are_counted_side_by_side() -> None:
    rules = {
        "a_is_2": {"every_row": "a = 2"},
        "b_is_2": {"every_row": "b = 2"},
        "c": {"unique": ["a"]},
    }
    rows = "(values (1, 2), (2, 1), (2, 0)) as t (a, b)"
    found = failing_rows("rules_hold", rows, rules=rules)
    assert sorted(found) == [("a_is_2", 1), ("b_is_2", 2), ("c", 1)]
