"""No circle of imports, no source that knows another, and no import in a function without need."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from flows.landing.sources import SOURCES

from .imports import function_imports, import_graph, module_files

# Doors that must be quick or that choose among heavy libraries; why each may import in a function.
IMPORTS_IN_FUNCTIONS = {
    "flows.command": "a command imports what its own work needs, so that the others start at once",
    "flows.papers.writers": "a paper is written in one format and needs the libraries of that one",
    "flows.audit": "a draft is of one format and needs the libraries of that one",
    "flows.schedule": "Prefect reads its settings when it is imported, after they are set",
    "flows.prefect_server": "only the server's own process needs uvicorn",
    "flows.dbt_process": "dbt is imported in a process of its own, once it ends with its starter",
    # these are on the way of `csp nightly` with nothing new, of `csp status` and of `csp --help`
    "flows.data_folder": "only an installed wheel asks for the platform's folder",
    "flows.night": "what a run needs is not needed to find that there is nothing to do",
    "flows.publishing": "readers of the manifest do not open a database",
    "flows.reporting.scorecard": "the words of the scorecard are needed where none is read",
    # the system has them, or has not
    "flows.fetching.police_uk": "Unix's file locks",
    "flows.landing.tables.workbook_process": "Unix's limits of a process",
}


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(import_graph()).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other in a circle: {' <- '.join(error.args[1])}")


def test_no_source_imports_another() -> None:
    modules = {f"flows.landing.sources.{name}" for name in SOURCES}
    found = {name: sorted(import_graph()[name] & modules) for name in sorted(modules)}
    assert {name: others for name, others in found.items() if others} == {}


def test_rules_that_sources_share_know_no_source() -> None:
    modules = {f"flows.landing.sources.{name}" for name in SOURCES}
    shared = [name for name in module_files() if name.startswith("flows.landing.sources.rules")]
    assert shared
    assert {name: import_graph()[name] & modules for name in shared} == dict.fromkeys(
        shared, frozenset()
    )


def test_imports_stand_at_the_top_but_for_doors_that_must_be_quick() -> None:
    found = [
        f"{name}: {ast.unparse(node)}"
        for name, path in module_files().items()
        for node in function_imports(path)
        if not any(name == door or name.startswith(f"{door}.") for door in IMPORTS_IN_FUNCTIONS)
    ]
    assert found == []


def test_every_door_has_such_an_import() -> None:
    with_some = [name for name, path in module_files().items() if function_imports(path)]
    assert [
        door
        for door in IMPORTS_IN_FUNCTIONS
        if not any(name == door or name.startswith(f"{door}.") for name in with_some)
    ] == []
