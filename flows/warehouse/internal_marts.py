"""The marts in which nothing is withheld, for papers of the internal edition.

They are built from the private warehouse, only when such a paper is asked for, into a folder that
its owner alone reads; what is published is not touched. Built are only the models that withhold,
and those between them and what papers read: all others are as the run left them. Only the tables of
papers are kept: the copy of the warehouse in which they are built goes again, so no records are
held a second time.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from flows.data_folder import PRIVATE_MODE, DataFolder
from flows.papers.published import TABLES
from flows.publishing.lock import night_lock
from flows.settings import Settings
from flows.sql_text import literal
from flows.warehouse.build import BuildFailedError, build_warehouse

# "One below it is the largest count that is withheld": with 1 no count is.
_WITHHOLDS_NOTHING = 1
_THRESHOLD = "suppression_threshold"
_MARTS_FILE = "marts-{publication}.duckdb"


class NoWarehouseError(RuntimeError):
    """There is no private warehouse to build the internal marts from."""


def internal_marts(folder: DataFolder, settings: Settings, publication_id: str) -> Path:
    """Return the file of the internal marts that belong to a publication; build it if need be.

    It stands in `folder.internal` (mode 0700), is readable by its owner alone (0600) and replaces
    that of an earlier publication. Raises `NoWarehouseError` before a first run, `RunLockedError`
    while a run is under way, `BuildFailedError` as a run does.
    """
    marts = folder.internal / _MARTS_FILE.format(publication=publication_id)
    if marts.is_file():
        return marts
    if not folder.database.is_file():
        raise NoWarehouseError(
            f"there is no private warehouse at {folder.database}. The internal edition is made "
            "from it. Next: run `csp nightly` on this computer"
        )
    with night_lock(folder, run_id="internal edition"):
        shutil.rmtree(folder.internal, ignore_errors=True)
        folder.internal.mkdir(mode=PRIVATE_MODE, parents=True)
        folder.internal.chmod(PRIVATE_MODE)
        own = replace(folder, is_internal=True)
        try:
            _copy_privately(folder.database, own.database)
            _build(own, settings, folder)
            _keep_marts(own.database, marts)
        finally:
            for left in (own.database, own.database.with_name(own.database.name + ".wal")):
                left.unlink(missing_ok=True)
            shutil.rmtree(own.dbt, ignore_errors=True)
            shutil.rmtree(own.checks, ignore_errors=True)
    return marts


def models_that_withhold(manifest: Path) -> list[str]:
    """Name the models that the threshold reaches, up to the tables of papers, as dbt lists them.

    None are named where the last run left no list: everything is built then.
    """
    if not manifest.is_file():
        return []
    models = {
        node["name"]: node
        for node in json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
        if node["resource_type"] == "model"
    }
    parents = {
        name: {one.rpartition(".")[2] for one in node["depends_on"]["nodes"]} & models.keys()
        for name, node in models.items()
    }
    reached = {name for name, node in models.items() if _THRESHOLD in node["raw_code"]}
    needed = set(TABLES) & models.keys()
    while more := {one for one in models if parents[one] & reached} - reached:
        reached |= more
    while more := {above for one in needed for above in parents[one]} - needed:
        needed |= more
    return sorted(reached & needed)


def _build(own: DataFolder, settings: Settings, folder: DataFolder) -> None:
    models = models_that_withhold(folder.dbt / "target" / "manifest.json")
    try:
        build_warehouse(
            own,
            settings.model_copy(update={"suppression_threshold": _WITHHOLDS_NOTHING}),
            select=models,
            exclude=["resource_type:seed", "resource_type:test", "tag:records"],
            project_of=folder if models else None,
        )
    except BuildFailedError as error:
        # the tables of records are those of the last run, and so is what they are made like
        raise BuildFailedError(
            f"The internal edition could not be built.\n{error}\n"
            "If the program was updated since the last run: run `csp nightly --force` first."
        ) from None


@contextlib.contextmanager
def _owner_only() -> Iterator[None]:
    """Make new files readable by their owner alone, those that DuckDB writes beside its own too."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _copy_privately(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    shutil.copyfile(source, target)


def _keep_marts(warehouse: Path, marts: Path) -> None:
    """Copy the tables of papers into a file of their own, moved into place when whole."""
    partial = marts.with_name(marts.name + ".partial")
    # two threads wait for each other here, and take half as long again
    with _owner_only(), duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(f"attach {literal(warehouse)} as warehouse (read_only)")
        connection.execute(f"attach {literal(partial)} as marts")
        tables = connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name = 'main' "
            "and list_contains($tables, table_name) order by table_name",
            {"tables": list(TABLES)},
        ).fetchall()
        for (table,) in tables:
            connection.execute(
                f'create table marts."{table}" as select * from warehouse.main."{table}"'
            )
    partial.replace(marts)
