"""Warehouses that tests build, kept once and made again with one changed model, without dbt.

A test that lands files and has dbt build them takes half a minute, of which the changed model has
a hundredth. The first build is real; what a mutant changes is the model and what comes after it,
and those are run again, in order, in a copy of the finished warehouse.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import sql_mutants

from tests.dbt_project import model_sql

Node = dict[str, Any]


class DataTestFailedError(AssertionError):
    """A data test of dbt finds rows that it did not find in the real build."""


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse with the statistics that its models call."""
    functions = sql_mutants.PROJECT / "dbt_project" / "duckdb_functions"
    for folder in (functions / "statistics", functions / "withholding"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    from register_statistics import register_statistics
    from register_withholding import register_withholding

    connection = duckdb.connect(str(database), config={"threads": 1})
    register_statistics(connection)
    register_withholding(connection)
    return connection


@dataclass
class RecordedBuild:
    """One finished build: the warehouse file, dbt's manifest of it, and the settings it had."""

    database: Path
    variables: dict[str, Any]
    nodes: dict[str, Node] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    built: set[str] = field(default_factory=set)
    seeds: set[str] = field(default_factory=set)
    failing: dict[str, int] = field(default_factory=dict)

    @classmethod
    def keep(
        cls, database: Path, target: Path, variables: dict[str, Any], keep_in: Path
    ) -> RecordedBuild:
        """Copy a warehouse that dbt has just built into `keep_in`."""
        keep_in.mkdir(parents=True)
        kept = shutil.copy(database, keep_in / database.name)
        manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        found = cls(Path(kept), variables, manifest["nodes"], manifest["child_map"])
        with connect(found.database) as connection:
            there = connection.execute(
                "select schema_name || '.' || view_name from duckdb_views() union all "
                "select schema_name || '.' || table_name from duckdb_tables()"
            ).fetchall()
            relations = {name for (name,) in there}
            found.built = {
                key
                for key, node in found.nodes.items()
                if node["resource_type"] == "model"
                and f"{node['schema']}.{node['name']}" in relations
            }
            # a build of some models has the seeds that those read, and no others
            found.seeds = {
                key
                for key, node in found.nodes.items()
                if node["resource_type"] == "seed"
                and f"{node['schema']}.{node['name']}" in relations
            }
            for key, node in found.nodes.items():
                if found.can_run(node):
                    found.failing[key] = _rows(connection, node["compiled_code"])
        return found

    def can_run(self, node: Node) -> bool:
        """Whether a data test looks only at what this build made."""
        return (
            node["resource_type"] == "test"
            and bool(node.get("compiled_code"))
            and all(
                parent in self.built or parent in self.seeds
                for parent in node["depends_on"]["nodes"]
                if parent in self.nodes
            )
        )

    @property
    def models(self) -> set[str]:
        """The names of the models that it built."""
        return {self.nodes[key]["name"] for key in self.built}

    @property
    def first_model(self) -> str:
        """The model of the intermediate layer that most others come after."""
        own = [key for key in self.built if self.nodes[key]["schema"] == "intermediate"]
        first = max(own, key=lambda key: (len(self._in_order(key)), key))
        name: str = self.nodes[first]["name"]
        return name

    def make_again(self, to: Path, model: str) -> bool:
        """Leave at `to` the warehouse as the model's replaced text makes it; say if it differs."""
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.database, to)
        (changed,) = (k for k in self.built if self.nodes[k]["name"] == model)
        differing: set[str] = set()
        with connect(to) as connection:
            for key in self._in_order(changed):
                node = self.nodes[key]
                if key == changed:
                    sql = model_sql.compiled(model, self._relation, self.variables)
                elif differing & set(node["depends_on"]["nodes"]):
                    sql = node["compiled_code"]
                else:
                    continue
                if _replace(connection, node, sql):
                    differing.add(key)
            tests = {test for key in differing for test in self.children.get(key, [])}
            for test in sorted(tests & set(self.failing)):
                node = self.nodes[test]
                rows = _rows(connection, node["compiled_code"])
                if rows > self.failing[test] and node["config"]["severity"].lower() == "error":
                    raise DataTestFailedError(f"{node['name']} finds {rows} rows")
        return bool(differing)

    def _relation(self, name: str) -> str:
        (node,) = (n for k, n in self.nodes.items() if k.endswith(f".{name}") and not _is_test(n))
        relation: str = node["relation_name"]
        return relation

    def _in_order(self, changed: str) -> list[str]:
        """Give the changed model and all that comes after it, parents before children."""
        found, queue = {changed}, deque([changed])
        while queue:
            for child in self.children.get(queue.popleft(), []):
                if child in self.built and child not in found:
                    found.add(child)
                    queue.append(child)
        ordered: list[str] = []
        while len(ordered) < len(found):
            for key in sorted(found - set(ordered)):
                parents = set(self.nodes[key]["depends_on"]["nodes"]) & found
                if parents <= set(ordered):
                    ordered.append(key)
        return ordered


def _replace(connection: duckdb.DuckDBPyConnection, node: Node, sql: str) -> bool:
    """Put a model's rows in place of those that are there, if they differ from them."""
    relation = node["relation_name"]
    connection.execute(f"create or replace temp table made as {sql}")
    differing = connection.execute(
        f"select count(*) from ((from made except all from {relation}) "
        f"union all (from {relation} except all from made))"
    ).fetchone()
    if differing == (0,):
        return False
    if node["config"]["materialized"] == "view":
        connection.execute(f"create or replace view {relation} as {sql}")
    else:
        connection.execute(f"create or replace table {relation} as from made")
    return True


def _is_test(node: Node) -> bool:
    return bool(node["resource_type"] == "test")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    body = re.sub(r";\s*$", "", query)
    (count,) = connection.execute(f"select count(*) from ({body}\n)").fetchone() or (0,)
    return int(count)
