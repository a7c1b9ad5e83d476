"""Have dbt build the warehouse, and say what became of it."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flows.data_folder import DataFolder
from flows.dbt_process import LOG_NAME
from flows.night.disk import is_about_space
from flows.private_files import write_privately
from flows.settings import Settings
from flows.warehouse.checks_folder import write_checks_schema
from flows.warehouse.dbt_ready import (
    SECONDS_WITHOUT_A_LINE,
    DbtHangsError,
    ReadyDbt,
    ready_dbt,
)
from flows.warehouse.new_loads import words_about_new_loads

# What DuckDB says where a value, and not the SQL, is at fault.
_ABOUT_DATA = re.compile(r"(Conversion|Out of Range|Invalid Input|Constraint) Error")
# What it says where a model needs more than `memory_limit_mb` at once.
_ABOUT_MEMORY = "Out of Memory Error"
_BROKEN = {"error", "runtime error", "partial success"}
# What a build with more memory does again; a test that failed has been made.
_LEFT = {*_BROKEN, "skipped"}
_BUILT = {"model", "seed", "test"}


class BuildFailedError(RuntimeError):
    """dbt could not build the warehouse. The message names the models and their errors."""


class _MemoryLimitReachedError(BuildFailedError):
    """A figure did not fit into the memory that DuckDB may use, nor beside it on the disk.

    `left` are the nodes that are not built, or not tested, because of it.
    """

    left: Sequence[NodeResult] = ()


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt node (model, seed, test or unit test)."""

    unique_id: str
    resource_type: str
    status: str
    message: str
    failures: int
    seconds: float


@dataclass(frozen=True)
class BuildReport:
    """What a build did: a result per node, and where dbt left its artefacts.

    Tests that failed are not errors of the build: the checking step judges them by severity.
    """

    target_path: Path
    seconds: float
    nodes: list[NodeResult] = field(default_factory=list)


def build_warehouse(
    folder: DataFolder,
    settings: Settings,
    *,
    select: list[str] | None = None,
    dbt: ReadyDbt | None = None,
    exclude: list[str] | None = None,
    project_of: DataFolder | None = None,
) -> BuildReport:
    """Build and test every model in the private warehouse of `folder`.

    `dbt` is one that was started for this build before; without it one is started here, with
    `select`, `exclude` and the project of a run in another folder. Where a figure does not fit into
    the memory of the settings it and all that waits for it are built once more with more memory.
    The catalog of the landing must have been written before.
    Raises `BuildFailedError` when dbt cannot start, when the project does not compile, or when a
    model or seed errs; failing tests are reported, not raised.
    """
    if dbt is None:
        with ready_dbt(
            folder, settings, select=select or (), exclude=exclude or (), project_of=project_of
        ) as started:
            return build_warehouse(folder, settings, dbt=started)
    try:
        return _built(folder, dbt)
    except _MemoryLimitReachedError as reached:
        if dbt.with_more_memory is None:
            raise
        left = [node.unique_id.split(".")[2] for node in reached.left]
    results_file = _results_file(folder)
    first = json.loads(results_file.read_text(encoding="utf-8"))
    with dbt.with_more_memory(select=left) as larger:
        again = _built(folder, larger)
    _keep_results(results_file, first)
    return replace(again, nodes=_nodes(results_file))


def _results_file(folder: DataFolder) -> Path:
    return folder.dbt / "target" / "run_results.json"


def _keep_results(results_file: Path, first: dict[str, Any]) -> None:
    """Put the results of a first build beside those of what was built again."""
    again = json.loads(results_file.read_text(encoding="utf-8"))
    built_again = {result["unique_id"] for result in again["results"]}
    kept = [one for one in first["results"] if one["unique_id"] not in built_again]
    write_privately(
        results_file, json.dumps({**again, "results": [*kept, *again["results"]]}).encode()
    )


def _built(folder: DataFolder, dbt: ReadyDbt) -> BuildReport:
    """Build once. Raises as `build_warehouse` does."""
    database = folder.database
    results_file = _results_file(folder)
    results_file.unlink(missing_ok=True)
    write_checks_schema(folder.checks)

    began = time.monotonic()
    try:
        finished = dbt.build()
    except DbtHangsError:
        raise BuildFailedError(
            f"dbt hangs: it has written no line of {folder.dbt / 'logs' / LOG_NAME} for "
            f"{SECONDS_WITHOUT_A_LINE / 60:.0f} minutes, and was ended. Expected: minutes for the "
            "longest model. Next: see that memory and disk are there, and run `csp nightly` again."
        ) from None
    seconds = time.monotonic() - began
    if database.exists():
        database.chmod(0o600)
    if not results_file.exists():
        said = (finished.stdout + finished.stderr).strip()
        if is_about_space(said):
            raise _no_space()
        raise BuildFailedError(
            f"dbt stopped with exit code {finished.returncode} before it ran a model.\n"
            f"{without_values(said[-3000:])}\n"
            f"Next step: run `csp nightly` again; if it stays, read {folder.dbt / 'logs'}."
        )
    nodes = _nodes(results_file)
    broken = [n for n in nodes if n.resource_type in {"model", "seed"} and n.status in _BROKEN]
    if any(is_about_space(n.message) for n in broken):
        raise _no_space()
    if broken:
        listed = "\n".join(f"- {n.unique_id}: {without_values(n.message)}" for n in broken[:5])
        more = f"\n… and {len(broken) - 5} more" if len(broken) > 5 else ""
        loads = (
            words_about_new_loads(folder)
            if any(_ABOUT_DATA.search(n.message) for n in broken)
            else ""
        )
        wrong = BuildFailedError
        if any(_ABOUT_MEMORY in n.message for n in broken):
            wrong = _MemoryLimitReachedError
        failed = wrong(
            f"{len(broken)} of {len(nodes)} dbt nodes could not be built:\n{listed}{more}\n"
            f"{loads}"
            f"Next step: fix the first one; the full log is in {folder.dbt / 'logs'}."
        )
        if isinstance(failed, _MemoryLimitReachedError):
            failed.left = [n for n in nodes if n.resource_type in _BUILT and n.status in _LEFT]
        raise failed
    return BuildReport(target_path=results_file.parent, seconds=seconds, nodes=nodes)


def _no_space() -> BuildFailedError:
    return BuildFailedError(f"dbt could not write all of it: {os.strerror(errno.ENOSPC)}.")


def without_values(said: str) -> str:
    """Keep what dbt and DuckDB say, without the values they quote: those may come from a row."""
    return re.sub(r"'[^'\n]*'", "'…'", said)


def _nodes(results_file: Path) -> list[NodeResult]:
    try:
        results: dict[str, Any] = json.loads(results_file.read_text(encoding="utf-8"))
    except ValueError:
        raise BuildFailedError(
            f"dbt did not write all of {results_file}. Next step: see that there is space on the "
            "disk, and run `csp nightly` again."
        ) from None
    return [
        NodeResult(
            unique_id=result["unique_id"],
            resource_type=result["unique_id"].split(".", 1)[0],
            status=str(result["status"]),
            message=str(result.get("message") or ""),
            failures=int(result.get("failures") or 0),
            seconds=float(result.get("execution_time") or 0.0),
        )
        for result in results["results"]
    ]
