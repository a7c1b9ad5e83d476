"""The warehouse of a data folder, from the project's own models, in this process and without dbt.

dbt starts, parses and tests for ten seconds before there is a figure. What a test asks of figures
is asked of the models; that dbt builds the same from them is what `tests/test_built_without_dbt.py`
and every whole run show.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import yaml

from flows.data_folder import PROJECT_ROOT, DataFolder
from flows.settings import Settings
from flows.sql_text import literal
from flows.warehouse.checks_folder import write_checks_schema
from flows.warehouse.variables import dbt_variables
from tests.dbt_project.model_sql import compiled, path_of

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
SEEDS = PROJECT_ROOT / "data" / "seeds"
_FUNCTIONS = DBT_PROJECT / "duckdb_functions"
# The C parser takes a tenth of the time of Python's own.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The layers of dbt_project.yml: the schema, and whether a model is a view unless it says so.
_LAYERS = {
    "staging": ("staging", True),
    "intermediate": ("intermediate", False),
    "marts": ("main", False),
}


def build_without_dbt(
    folder: DataFolder,
    settings: Settings,
    *,
    select: Sequence[str] | None = None,
) -> None:
    """Build the models named in `select` (`+model`, with all that they read), or all of them.

    As `flows.warehouse.build_warehouse`, but for dbt's tests. Marts have their comments.
    """
    folder.ensure()
    write_checks_schema(folder.checks)
    folder.database.unlink(missing_ok=True)
    names = (
        [name.removeprefix("+") for name in select]
        if select
        else sorted(path.stem for path in (DBT_PROJECT / "models").rglob("*.sql"))
    )
    # One thread, as dbt has on a small landing: for a few rows a second one costs a fifth more.
    with duckdb.connect(str(folder.database), config={"threads": 1}) as connection:
        _register_functions(connection)
        build = _Build(connection, folder, dbt_variables(settings))
        for name in names:
            build.relation(name)
    folder.database.chmod(0o600)


class _Build:
    """One build: each model once, after what it reads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: DataFolder, variables: dict[str, Any]
    ) -> None:
        self._connection = connection
        self._variables = variables
        self._places = {
            "CSP_LANDING": str(folder.landing),
            "CSP_CHECKS": str(folder.checks),
            "CSP_REFERENCE": str(SEEDS / "reference"),
        }
        self._made: dict[str, str] = {}
        for schema in ("seeds", "staging", "intermediate"):
            connection.execute(f"create schema {schema}")

    def relation(self, name: str) -> str:
        """Build a model or seed where it is not there yet; give its name with its schema."""
        if name not in self._made:
            seed = SEEDS / f"{name}.csv"
            self._made[name] = self._seed(seed) if seed.is_file() else self._model(name)
        return self._made[name]

    def _model(self, name: str) -> str:
        layer = path_of(name).relative_to(DBT_PROJECT / "models").parts[0]
        schema, is_view = _LAYERS[layer]
        declared: dict[str, Any] = {}
        sql = compiled(
            name,
            ref=self.relation,
            settings=self._variables,
            source=self._source,
            config=lambda **given: declared.update(given) or "",
        )
        kind = declared.get("materialized", "view" if is_view else "table")
        relation = f"{schema}.{name}"
        if schema == "main":
            # in the order of the contract, as dbt has it
            columns = ", ".join(f'"{column}"' for column in _descriptions()[name] if column)
            sql = f"select {columns} from ({sql})"
        self._connection.execute(f"create {kind} {relation} as {sql}")
        if schema == "main":
            self._describe(name, kind)
        return relation

    def _describe(self, mart: str, kind: str) -> None:
        """Comment on a mart and its columns, as dbt's descriptions say."""
        described = _descriptions()[mart]
        # one transaction: each comment by itself would wait for the disk
        self._connection.begin()
        self._connection.execute(f"comment on {kind} main.{mart} is {literal(described[''])}")
        for column, words in described.items():
            if column:
                self._connection.execute(
                    f'comment on column main.{mart}."{column}" is {literal(words)}'
                )
        self._connection.commit()

    def _seed(self, file: Path) -> str:
        types = _seed_types().get(file.stem, {})
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        relation = f"seeds.{file.stem}"
        self._connection.execute(
            f"create table {relation} as select * from read_csv('{file}', header = true, "
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
            f"columns = {{{columns}}})"
        )
        return relation

    def _source(self, group: str, table: str) -> str:
        location = _locations()[group, table]
        rendered = jinja2.Template(location).render(
            env_var=lambda name, default="": self._places.get(name, os.environ.get(name, default))
        )
        return rendered.format(name=table)


def _register_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Register the functions that dbt loads as plugins."""
    for part in ("statistics", "withholding"):
        sys.path.insert(0, str(_FUNCTIONS / part))
    try:
        from register_statistics import register_statistics
        from register_withholding import register_withholding

        register_statistics(connection)
        register_withholding(connection)
    finally:
        for part in ("statistics", "withholding"):
            sys.path.remove(str(_FUNCTIONS / part))


def read_yml(file: Path) -> Any:
    """Give what a yml of the project says."""
    return yaml.load(file.read_bytes(), Loader=_LOADER)  # noqa: S506 - both are safe loaders


@cache
def _locations() -> dict[tuple[str, str], str]:
    """Where the tables of each source are read from, as the yml files say."""
    found = {}
    for file in (DBT_PROJECT / "models").rglob("*.yml"):
        for source in (read_yml(file) or {}).get("sources", []):
            shared = source.get("config", {}).get("external_location", "")
            for table in source["tables"]:
                own = table.get("config", {}).get("external_location", shared)
                found[source["name"], table["name"]] = own
    return found


@cache
def _seed_types() -> dict[str, dict[str, str]]:
    """The type of each column of each seed, in the order of its file."""
    found: dict[str, dict[str, str]] = {}
    for file in SEEDS.glob("*.yml"):
        for seed in read_yml(file)["seeds"]:
            declared = seed["config"]["column_types"]
            header = (SEEDS / f"{seed['name']}.csv").read_text("utf-8").splitlines()[0]
            found[seed["name"]] = {name: declared[name] for name in re.split(",", header)}
    return found


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    """The description of each mart and, by name, of its columns."""
    blocks: dict[str, str] = {}
    for file in (DBT_PROJECT / "models").rglob("*.md"):
        found = re.findall(
            r"\{% docs (\w+) %\}(.*?)\{% enddocs %\}", file.read_text("utf-8"), re.DOTALL
        )
        blocks |= {name: text.strip() for name, text in found}
    described = {}
    for file in (DBT_PROJECT / "models" / "marts").glob("*.yml"):
        for model in read_yml(file)["models"]:
            words_of = {"": model["description"]} | {
                column["name"]: column["description"] for column in model["columns"]
            }
            described[model["name"]] = {
                name: re.sub(
                    r"\{\{\s*doc\([\"'](\w+)[\"']\)\s*\}\}", lambda said: blocks[said[1]], words
                )
                for name, words in words_of.items()
            }
    return described
