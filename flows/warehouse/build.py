"""Have dbt build the warehouse, and say what became of it."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.data_folder import DataFolder
from flows.night.disk import is_about_space
from flows.settings import Settings
from flows.warehouse.checks_folder import write_checks_schema
from flows.warehouse.dbt_process import LOG_NAME
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


class BuildFailedError(RuntimeError):
    """dbt could not build the warehouse. The message names the models and their errors."""


class _MemoryLimitReachedError(BuildFailedError):
    """A figure did not fit into the memory that DuckDB may use, nor beside it on the disk."""


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
    the memory of the settings the build is repeated once with more. The catalog of the landing must
    have been written before.
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
    except _MemoryLimitReachedError:
        if dbt.with_more_memory is None:
            raise
    with dbt.with_more_memory() as larger:
        return _built(folder, larger)


def _built(folder: DataFolder, dbt: ReadyDbt) -> BuildReport:
    """Build once. Raises as `build_warehouse` does."""
    database = folder.database
    target = folder.dbt / "target"
    results_file = target / "run_results.json"
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
        wrong = (
            _MemoryLimitReachedError
            if any(_ABOUT_MEMORY in n.message for n in broken)
            else BuildFailedError
        )
        raise wrong(
            f"{len(broken)} of {len(nodes)} dbt nodes could not be built:\n{listed}{more}\n"
            f"{loads}"
            f"Next step: fix the first one; the full log is in {folder.dbt / 'logs'}."
        )
    return BuildReport(target_path=target, seconds=seconds, nodes=nodes)


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
