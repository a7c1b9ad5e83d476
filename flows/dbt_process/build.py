"""The build itself: dbt with its log, what came of each node, and the end of its database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from flows.dbt_process import LOG_NAME
from flows.dbt_process.log import write_events, write_what_fits
from flows.dbt_process.models_at_once import models_at_once
from flows.dbt_process.options import folder_of

_RUN_RESULTS = "run_results.json"


def build(manifest: Manifest | None, options: list[str]) -> int:
    """Build, and give the code with which dbt's own command ends.

    A project that cannot be read is read again here: its errors belong into the log.
    """
    with (folder_of(options, "--log-path") / LOG_NAME).open("wb", buffering=0) as lines:
        write = write_what_fits(lines)
        done = dbtRunner(manifest=manifest, callbacks=[write_events(write)]).invoke(
            ["build", "--no-write-json", "--threads", str(models_at_once()), *options]
        )
        if done.result is not None:
            _write_results(done.result, folder_of(options, "--target-path") / _RUN_RESULTS)
        if done.exception is not None:
            # the words of a MemoryError are empty
            said = f"{type(done.exception).__name__}: {done.exception}"
            write(f"{said}\n")
            print(said)
    _close_database()
    return 0 if done.success else 2 if done.exception is not None else 1


def _write_results(results: Any, file: Path) -> None:
    """Write what came of each node, all of it or nothing. Raises `OSError` on a full disk."""
    try:
        results.write(str(file))
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _close_database() -> None:
    """Close DuckDB's file, so that all of it is in the file and none in a log beside it."""
    of_dbt: Any = DuckDBConnectionManager
    of_dbt.close_all_connections()
