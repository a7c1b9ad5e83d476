"""Start dbt before there is anything to build: it imports and reads the project meanwhile.

In the same process dbt would keep DuckDB's write lock after it returns, and nobody could read the
warehouse until the run ends; a process of its own gives the lock back.

Two builds must never write one warehouse, even if a run is killed while its dbt goes on. Two things
see to that: dbt ends with the run that started it (`flows.dbt_process`), and until it has ended
the run's lock is held, because the process inherits the locked file.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from flows.child_process import module_command, module_environment
from flows.data_folder import PROJECT_ROOT, DataFolder
from flows.dbt_process import KEPT_PROJECT, LOG_NAME, PROJECT_OF_A_RUN
from flows.dbt_process.place_of_kept_project import place_of_kept_project
from flows.night import progress
from flows.publishing.lock import held_descriptors
from flows.settings import Settings
from flows.warehouse.dbt_log import DbtLog
from flows.warehouse.variables import dbt_variables

# Where memory is short, a thread of DuckDB can wait for ever for another one, and dbt with it. The
# longest node of 2.2 million rows takes less than a minute.
SECONDS_WITHOUT_A_LINE = 1800.0
# So often is looked how far the build has come: once a second.
_TICKS = 1800

# What a build gets whose figures do not fit into memory_limit_mb.
_MORE_MEMORY = 4

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
_DBT_PROCESS = "flows.dbt_process"


class DbtHangsError(Exception):
    """A dbt that did nothing for so long that it never will."""


class ReadyDbt:
    """A dbt that imports and reads its project, and builds once `build` is called."""

    def __init__(
        self,
        process: subprocess.Popen[str],
        starts_build: int,
        log: Path,
        with_more_memory: Callable[..., AbstractContextManager[ReadyDbt]] | None = None,
    ) -> None:
        self._process = process
        self._starts_build = starts_build
        self._log = log
        #: starts a dbt for the nodes of `select` with four times the memory, once; None where that
        #: has been done
        self.with_more_memory = with_more_memory

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def build(self) -> subprocess.CompletedProcess[str]:
        """Build, and wait for the end; dbt is killed where this process is interrupted.

        Raises `DbtHangsError` where its log has had no line for `SECONDS_WITHOUT_A_LINE`.
        """
        # a dbt that has ended already says why in its output
        with contextlib.suppress(BrokenPipeError):
            os.write(self._starts_build, b"b")
        try:
            said, complained = self._wait()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        return subprocess.CompletedProcess(
            self._process.args, self._process.returncode, said, complained
        )

    def _wait(self) -> tuple[str, str]:
        """Give what dbt says in the end. Ticks are counted: while all is stopped, none passes."""
        written, silent = -1, 0
        log = DbtLog(self._log)
        while True:
            try:
                return self._process.communicate(timeout=SECONDS_WITHOUT_A_LINE / _TICKS)
            except subprocess.TimeoutExpired:
                size = self._log.stat().st_size if self._log.exists() else 0
                silent = 0 if size != written else silent + 1
                written = size
                progress.report("build", *log.nodes_done())
            if silent >= _TICKS:
                raise DbtHangsError


@contextlib.contextmanager
def ready_dbt(
    folder: DataFolder,
    settings: Settings,
    *,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    project_of: DataFolder | None = None,
    times_memory: int = 1,
) -> Iterator[ReadyDbt]:
    """Start a dbt for the warehouse of `folder`; it ends with this context or this process.

    It builds by the project as the last run in `project_of` read it, which saves reading it again.
    `times_memory` is by how much DuckDB's memory is more than the settings say.
    """
    folder.ensure()
    target = folder.dbt / "target"
    logs = folder.dbt / "logs"
    for private in (folder.dbt, target, logs):
        # `parents=True` would make the folders above with the umask's mode, not with this one
        private.mkdir(mode=0o700, exist_ok=True)
        private.chmod(0o700)
    variables = dbt_variables(settings)
    command = [
        *module_command(_DBT_PROCESS),
        *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
        *("--target-path", str(target), "--log-path", str(logs)),
        *("--vars", json.dumps(variables)),
        # flows.dbt_process writes the log
        *("--log-level", "none", "--log-level-file", "none"),
        *("--no-use-colors", "--no-version-check"),
        # unit tests judge the code, not the data of a run: pytest runs them
        *("--exclude-resource-type", "unit_test"),
        *(("--select", *select) if select else ()),
        *(("--exclude", *exclude) if exclude else ()),
    ]
    environment = {
        **dbt_environment(folder),
        **_project(project_of),
        "CSP_MEMORY_LIMIT_MB": str(settings.memory_limit_mb * times_memory),
    }
    environment |= _kept(environment, variables)
    read_by_dbt, starts_build = os.pipe()
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=DBT_PROJECT,
            stdin=read_by_dbt,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            # Windows inherits no such files; there the locked bytes are freed with the run, and
            # only the pipe (and DuckDB's own lock on its file) keeps two builds apart.
            pass_fds=() if os.name == "nt" else held_descriptors(),
            # run results and logs can hold what a failing model met: they are the owner's alone
            umask=0o077,
        )
    except BaseException:
        os.close(starts_build)
        raise
    finally:
        os.close(read_by_dbt)
    with process:
        try:
            yield ReadyDbt(
                process,
                starts_build,
                logs / LOG_NAME,
                with_more_memory=partial(
                    ready_dbt,
                    folder,
                    settings,
                    exclude=exclude,
                    project_of=project_of,
                    times_memory=_MORE_MEMORY,
                )
                if times_memory == 1
                else None,
            )
        finally:
            os.close(starts_build)


def _project(of: DataFolder | None) -> dict[str, str]:
    if of is None:
        return {}
    # the name is dbt's own
    return {PROJECT_OF_A_RUN: str(of.dbt / "target" / "partial_parse.msgpack")}


def _kept(environment: Mapping[str, str], variables: Mapping[str, Any]) -> dict[str, str]:
    place = place_of_kept_project(DBT_PROJECT, environment, variables)
    return {KEPT_PROJECT: str(place)} if place else {}


def dbt_environment(folder: DataFolder) -> dict[str, str]:
    """Return the environment of dbt: where `profiles.yml` and the sources find their files."""
    return {
        **module_environment(),
        "CSP_DATABASE": str(folder.database),
        "CSP_LANDING": str(folder.landing),
        "CSP_CHECKS": str(folder.checks),
        "CSP_REFERENCE": str(PROJECT_ROOT / "data" / "seeds" / "reference"),
        "CSP_FUNCTIONS": str(DBT_PROJECT / "duckdb_functions"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
