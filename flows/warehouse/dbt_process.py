"""The process in which dbt runs: it prepares at once, builds when asked to, ends with its starter.

`python dbt_process.py --log-path … …` with a pipe as its standard input. Importing dbt and reading
the project takes seconds and needs no data, nor does the SQL of its models, so a run starts this
process first and lands files meanwhile. One byte through the pipe starts the build.

A run that is killed cannot stop its dbt, and dbt would go on writing the warehouse for nobody. The
pipe closes with the run, however that ends, and this process ends with it; unlike a death signal
that works on every system, and does not depend on the thread that started the process.

Until dbt has ended it also keeps the run's lock, whose file it inherits (`dbt_ready.py`).
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOG_NAME = "dbt.log"
# names a file of dbt with the project as a run read it
PROJECT_OF_A_RUN = "CSP_PROJECT_OF_A_RUN"


def wait_for_starter(may_build: threading.Event) -> None:
    """Set `may_build` at the first byte of standard input; end this process when it closes.

    The pipe is read without Python's buffer, whose lock a waiting thread would hold at exit.
    """
    while os.read(0, 1):
        may_build.set()
    # No tidying up: a long query of DuckDB would delay it, and a killed build is built again.
    os._exit(1)


def main() -> None:
    """Run `dbt build` with the options of the command line; exit as dbt's own command does."""
    options = sys.argv[1:]
    may_build = threading.Event()
    threading.Thread(
        target=wait_for_starter, args=[may_build], name="wait-for-starter", daemon=True
    ).start()
    # the process ends with its build: looking for circles in dbt's large graph frees nothing
    gc.disable()
    from dbt.cli.main import dbtRunner
    from dbt_common.events.event_manager_client import ctx_set_event_manager

    ctx_set_event_manager(_events_without_debug())
    manifest = _project_of_a_run() or _read_project(options)
    _import_what_a_build_uses()
    if manifest is not None and not may_build.is_set():
        _compile_ahead(manifest, options)
    may_build.wait()
    # a project that cannot be read is read again here: its errors belong into the log
    log = Path(options[options.index("--log-path") + 1]) / LOG_NAME
    with log.open("w", encoding="utf-8", buffering=1) as lines:
        done = dbtRunner(manifest=manifest, callbacks=[_write_to(lines.write)]).invoke(
            ["build", *options]
        )
        if done.exception is not None:
            # the words of a MemoryError are empty
            said = f"{type(done.exception).__name__}: {done.exception}"
            lines.write(f"{said}\n")
            print(said)
    # Python would look for circles after all, before it ends: 1.3 s
    gc.freeze()
    sys.exit(0 if done.success else 2 if done.exception is not None else 1)


def _project_of_a_run() -> Any:
    """Return the project as a run left it, or nothing where it left none that can be read.

    dbt reads the whole project again where a variable has another value than in the last run, even
    if only models in a build look at it.
    """
    from dbt.contracts.graph.manifest import Manifest
    from dbt.version import __version__

    left = os.environ.get(PROJECT_OF_A_RUN)
    if not left:
        return None
    try:
        manifest = Manifest.from_msgpack(Path(left).read_bytes())
    except Exception:  # whatever is wrong with it: the project itself can be read
        return None
    return manifest if manifest.metadata.dbt_version == __version__ else None


def _read_project(options: list[str]) -> Any:
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    prepared = dbtRunner().invoke(["parse", *_of_every_command(options), "--no-write-json"])
    return prepared.result if isinstance(prepared.result, Manifest) else None


def _import_what_a_build_uses() -> None:
    """Import what dbt and the functions of models import when first used: files land meanwhile."""
    for name in ("dbt.task.build", "pandas", "pyarrow.dataset", "scipy.special"):
        importlib.import_module(name)


def _compile_ahead(manifest: Any, options: list[str]) -> None:
    """Make the SQL of every model and test while files land; the build takes it as it is.

    It depends on the project and the settings alone. What cannot be compiled here is compiled by
    the build again, whose log says why.
    """
    from dbt.cli.main import dbtRunner
    from dbt.compilation import Compiler

    without_database = ("--no-introspect", "--no-populate-cache", "--no-write-json")
    dbtRunner(manifest=manifest).invoke(
        ["compile", *_of_every_command(options), *_selection(options), *without_database]
    )
    compile_node: Any = Compiler.compile_node

    def compile_once(compiler: Any, node: Any, *others: Any, **named: Any) -> Any:
        if getattr(node, "compiled", False):
            return node
        return compile_node(compiler, node, *others, **named)

    every: Any = Compiler
    every.compile_node = compile_once


def _write_to(write: Callable[[str], Any]) -> Callable[[Any], None]:
    """Give what writes a line per event that a person would read.

    dbt's own log writes every statement as well, which takes a tenth of a build of the sample.
    """

    def write_event(event: Any) -> None:
        if event.info.level in {"info", "warn", "error"}:
            write(f"{event.info.ts.ToJsonString()} {event.info.level} {event.info.msg}\n")

    return write_event


def _events_without_debug() -> Any:
    """Give dbt an event manager that drops debug events, which nobody reads.

    dbt makes a protobuf message of each event before it asks who wants it: a tenth of a build.
    Those of debug events are made once somebody asks, as where one is shown as a warning.
    """
    from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
    from dbt_common.events.event_manager import EventManager

    def keep_what_it_says(event: Any, *said: Any, **named: Any) -> None:
        event.__dict__["said"] = said, named

    def make_when_asked(event: Any, name: str) -> Any:
        if "said" in event.__dict__:
            said, named = event.__dict__.pop("said")
            BaseEvent.__init__(event, *said, **named)
            return getattr(event, name)
        return every.__getattr__(event, name)

    every: Any = BaseEvent
    debug: Any = DebugLevel
    debug.__init__, debug.__getattr__ = keep_what_it_says, make_when_asked

    class WithoutDebug(EventManager):
        def fire_event(
            self, e: BaseEvent, level: EventLevel | None = None, *others: Any, **named: Any
        ) -> None:
            if (level or e.level_tag()) != EventLevel.DEBUG:
                super().fire_event(e, level, *others, **named)

    return WithoutDebug()


def _of_every_command(options: list[str]) -> list[str]:
    """Leave out which nodes are built: it comes last, and not every command knows all of it."""
    return options[: options.index("--exclude-resource-type")]


def _selection(options: list[str]) -> list[str]:
    """Give which nodes are built, but for kinds of nodes, as every command knows it."""
    return options[options.index("--exclude-resource-type") + 2 :]


if __name__ == "__main__":
    # In place of this file's folder, whose modules are none of dbt's: as `python -m` has it.
    sys.path[0] = str(Path.cwd())
    main()
