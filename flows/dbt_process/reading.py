"""The project of dbt, read from its files, or from what a run has left of it."""

from __future__ import annotations

import os
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.version import __version__

from flows.dbt_process import PROJECT_OF_A_RUN
from flows.dbt_process.options import of_every_command


def project_of_a_run() -> Manifest | None:
    """Return the project as a run left it, or nothing where it left none that can be read.

    dbt reads the whole project again where a variable has another value than in the last run, even
    if only models in a build look at it.
    """
    left = os.environ.get(PROJECT_OF_A_RUN)
    return as_read(Path(left)) if left else None


def as_read(file: Path) -> Manifest | None:
    """Return the project as this version of dbt has left it in a file, or nothing."""
    try:
        manifest: Manifest = Manifest.from_msgpack(file.read_bytes())
    except Exception:  # whatever is wrong with it: the project itself can be read
        return None
    return manifest if manifest.metadata.dbt_version == __version__ else None


def read_project(options: list[str]) -> Manifest | None:
    """Have dbt read the project; nothing where it has errors."""
    prepared = dbtRunner().invoke(["parse", *of_every_command(options), "--no-write-json"])
    return prepared.result if isinstance(prepared.result, Manifest) else None


def read_settings(manifest: Manifest, options: list[str]) -> None:
    """Have dbt read profile and project, as it does first in a build: the second time is quick."""
    dbtRunner(manifest=manifest).invoke(["parse", *of_every_command(options), "--no-write-json"])
