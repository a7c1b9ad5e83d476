"""docs/what-can-go-wrong.md names tests; a test that is gone shows nothing."""

from __future__ import annotations

import ast
import re

from tests.conftest import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "what-can-go-wrong.md"
LEFT_OUT = ("pytest.mark.slow", "pytest.mark.long")


def functions_of(file: str) -> dict[str, bool]:
    """The tests of a file by name, and whether the default suite leaves them out."""
    tree = ast.parse((PROJECT_ROOT / "tests" / file).read_text(encoding="utf-8"))
    all_left_out = any(
        isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "pytestmark"
        and re.search(r"mark\.(slow|long)\b", ast.unparse(node.value))
        for node in tree.body
    )
    return {
        node.name: all_left_out
        or any(ast.unparse(mark) in LEFT_OUT for mark in node.decorator_list)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def test_every_test_that_the_page_names_exists_and_those_left_out_are_in_italics() -> None:
    named = re.findall(r"(\*?)`([\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > 30
    for italics, file, name in named:
        functions = functions_of(file)
        assert name in functions, f"{file} has no {name}"
        assert functions[name] is bool(italics), f"{file}::{name}: italics are for these"


def test_every_row_names_a_test() -> None:
    tables = re.findall(
        r"^\| what happens .*\n\|[-|]+\n((?:\|.*\n)+)",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    rows = [row for table in tables for row in table.splitlines()]
    assert len(rows) > 20
    for row in rows:
        assert row.count(" | ") == 4, row
        assert ".py::test_" in row.rsplit(" | ", 1)[1], row


def test_readme_leads_to_the_page() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/what-can-go-wrong.md)" in readme
