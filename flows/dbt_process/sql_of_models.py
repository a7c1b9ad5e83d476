"""The SQL of models and tests, made before the build, which takes it as it is."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner
from dbt.compilation import Compiler
from dbt.contracts.graph.manifest import Manifest
from dbt.parser.manifest import write_manifest

from flows.dbt_process import KEPT_PROJECT, PROJECT_OF_A_RUN
from flows.dbt_process.kept_project import keep_project
from flows.dbt_process.nodes_with_sql import has_sql, nodes_with_sql
from flows.dbt_process.options import of_every_command, selection


def make_sql(
    manifest: Manifest, options: list[str], target: Path, may_build: threading.Event
) -> None:
    """Make the SQL of every model and test while files land, where it is not there yet.

    It depends on the project and the settings alone. What cannot be made here is made by the
    build again, whose log says why.
    """
    if nodes_with_sql(manifest):
        return
    # for what makes a part of the SQL alone, nothing is kept
    may_keep = KEPT_PROJECT in os.environ and not selection(options)
    if may_keep or not may_build.is_set():
        without_database = ("--no-introspect", "--no-populate-cache", "--no-write-json")
        done = dbtRunner(manifest=manifest).invoke(
            ["compile", *of_every_command(options), *selection(options), *without_database]
        )
        may_keep = may_keep and done.success
    if PROJECT_OF_A_RUN not in os.environ:
        # what checks know of tests, which the build would list again
        write_manifest(manifest, str(target))
    if may_keep:
        keep_project(manifest, target)


def take_sql_that_is_there() -> None:
    """Have dbt make the SQL of a node only where it has none."""
    every: Any = Compiler
    compile_node: Any = every.compile_node

    def compile_once(compiler: Any, node: Any, *others: Any, **named: Any) -> Any:
        if has_sql(node):
            return node
        return compile_node(compiler, node, *others, **named)

    every.compile_node = compile_once
