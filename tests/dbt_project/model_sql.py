"""The SQL of one model without dbt: Jinja filled in, models and sources as tables by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import yaml

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"

#: Source text that stands in for a model's file: benchmarks/mutate_sql.py puts mutants here.
replaced: dict[str, str] = {}
#: Models that were asked for, which tells which tests can judge a mutant.
asked_for: set[str] = set()


def compiled(
    model: str,
    ref: Callable[[str], str] = lambda name: name,
    settings: Mapping[str, Any] | None = None,
    source: Callable[[str, str], str] = lambda _, name: name,
    config: Callable[..., str] = lambda **_: "",
) -> str:
    """Give the SQL that dbt would run; `settings` stand over the variables of dbt_project.yml."""
    asked_for.add(model)
    text = replaced[model] if model in replaced else path_of(model).read_text(encoding="utf-8")
    variables = {**_variables(), **(settings or {})}
    given = {
        "ref": ref,
        "source": source,
        "var": variables.__getitem__,
        "config": config,
        "dbt": _PortableFunctions,
    }
    return _template(text).render(_macros_given(given))


def _macros_given(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the project's macros, called with these functions of dbt, and the functions."""
    return {**given, **_macros().make_module({**given}).__dict__}


class _PortableFunctions:
    """dbt's functions that are written differently in each engine, as DuckDB has them."""

    @staticmethod
    def date_trunc(part: str, expression: str) -> str:
        return f"date_trunc('{part}', {expression})"

    @staticmethod
    def length(expression: str) -> str:
        return f"length({expression})"

    @staticmethod
    def concat(expressions: list[str]) -> str:
        return " || ".join(expressions)


@cache
def _template(source: str) -> jinja2.Template:
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - SQL, not HTML
    return environment.from_string(source)


@cache
def path_of(model: str) -> Path:
    """Where the model's file is."""
    (path,) = (DBT_PROJECT / "models").rglob(f"{model}.sql")
    return path


@cache
def _macros() -> jinja2.Template:
    """All macros, read once: put before every model they took 20 seconds of a process."""
    files = sorted((DBT_PROJECT / "macros").glob("*.sql"))
    return _template("".join(file.read_text(encoding="utf-8") for file in files))


@cache
def _variables() -> dict[str, Any]:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    variables: dict[str, Any] = project["vars"]
    return variables


def macro_sql(expression: str) -> str:
    """Give the SQL of an expression that calls macros of the project."""
    return _template(expression).render(_macros_given({"var": _variables().__getitem__}))
