"""`csp nightly` in this process: every step of a run but Prefect's server, dbt and the site.

A run of `csp nightly` by itself costs 40 CPU seconds, on an empty inbox too: those of the imports,
of Prefect's server, of dbt and its tests, and of the site. Where a test asks what a run lands,
publishes and says, it is run so, and takes an eighth. That the command does the same
with all of them is what `sample_night` and `tests/privacy/test_finished_night.py` show.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.data_folder import DataFolder
from flows.landing.sources.rules.hash_key import forget_keys
from flows.settings import Settings
from flows.warehouse.build import BuildReport
from tests.built_without_dbt import build_without_dbt

TASKS = ("land", "check_sources", "build", "check_marts", "publish", "retain", "write_site")


def leave_out_prefect(patch: pytest.MonkeyPatch) -> None:
    """Have `csp nightly` call the functions of the flow's tasks directly."""
    from flows import nightly
    from flows.command import nightly as command
    from flows.night.failures import RunFailedError

    for task in TASKS:
        patch.setattr(nightly, task, getattr(nightly, task).fn)
    patch.setattr(nightly, "report", lambda summary: None)

    def without_prefect(start: Any, out: Any) -> Any:
        with contextlib.suppress(RunFailedError):
            nightly.run_steps(start)
        return start.summary

    patch.setattr(command, "_run_flow", without_prefect)


def nightly_in_process(
    *words: str, columns: int = 100, pages: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `csp nightly` with these words; what it said and its exit code are the command's own.

    With `pages` Great Expectations checks and writes its pages, as it does in a whole run; without,
    the limits of its expectations give the same results (`tests/judged_profiles.py`).
    """
    with pytest.MonkeyPatch.context() as patch:
        leave_out_prefect(patch)
        forget_keys()
        with tempfile.TemporaryDirectory() as artefacts:
            _leave_out_dbt_and_site(patch, Path(artefacts))
            if not pages:
                _leave_out_great_expectations(patch)
            done = csp_in_process("nightly", *words, columns=columns)
        forget_keys()
    return done


def csp_in_process(*words: str, columns: int = 100) -> subprocess.CompletedProcess[str]:
    """Call `csp` as `tests.conftest.run_csp` does, without a process and its second of imports."""
    from flows.command.application import application

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("CSP_", "PREFECT_"))]:
            patch.delenv(name)
        done = CliRunner().invoke(application, [*words], env={"COLUMNS": str(columns)})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def _leave_out_dbt_and_site(patch: pytest.MonkeyPatch, artefacts: Path) -> None:
    from flows import nightly
    from flows.site import process

    leave_out_dbt(patch, artefacts)
    patch.setattr(process, "publish_site", lambda *_: None)
    # files of a test were written just now, and nobody writes on
    patch.setattr(nightly, "_QUIET_SECONDS", 0.0)


def _leave_out_great_expectations(patch: pytest.MonkeyPatch) -> None:
    from tests.judged_profiles import run_by_limits

    for checks in ("sources", "marts"):
        patch.setattr(f"flows.checking.{checks}.run_checkpoint", run_by_limits)


def leave_out_dbt(patch: pytest.MonkeyPatch, artefacts: Path) -> None:
    """Have the warehouse built from the project's own models, without dbt."""
    from flows import warehouse

    @contextlib.contextmanager
    def ready_dbt(folder: DataFolder, settings: Settings) -> Iterator[None]:
        yield None

    def build_warehouse(folder: DataFolder, settings: Settings, *, dbt: None) -> BuildReport:
        build_without_dbt(folder, settings)
        # no test of dbt was run, and so none passed or failed
        (artefacts / "run_results.json").write_text(json.dumps({"results": []}))
        (artefacts / "manifest.json").write_text(json.dumps({"nodes": {}}))
        return BuildReport(artefacts, 0.0)

    patch.setattr(warehouse, "ready_dbt", ready_dbt)
    patch.setattr(warehouse, "build_warehouse", build_warehouse)
