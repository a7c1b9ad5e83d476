"""What dbt can do before there is anything to build: read the project, make SQL, import."""

from __future__ import annotations

import importlib
import threading

from dbt.contracts.graph.manifest import Manifest

from flows.dbt_process.folder_names import fill_in_folders, names_for_folders
from flows.dbt_process.kept_project import take_kept_project
from flows.dbt_process.nodes_with_sql import nodes_with_sql
from flows.dbt_process.options import folder_of
from flows.dbt_process.reading import project_of_a_run, read_project, read_settings
from flows.dbt_process.sql_of_models import make_sql, take_sql_that_is_there


def prepare(options: list[str], may_build: threading.Event) -> Manifest | None:
    """Give the project of a build with the SQL of its models; nothing where it has errors."""
    target = folder_of(options, "--target-path")
    with names_for_folders():
        manifest = project_of_a_run() or take_kept_project(target) or read_project(options)
        _import_what_a_build_uses()
        if manifest is not None:
            make_sql(manifest, options, target, may_build)
    if manifest is not None:
        read_settings(manifest, options)
        fill_in_folders(manifest.sources.values(), nodes_with_sql(manifest))
        take_sql_that_is_there()
    return manifest


def _import_what_a_build_uses() -> None:
    """Import what dbt and the functions of models import when first used: files land meanwhile."""
    for name in ("dbt.task.build", "pandas", "pyarrow.dataset", "scipy.special"):
        importlib.import_module(name)
