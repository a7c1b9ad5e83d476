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

import contextlib
import gc
import hashlib
import importlib
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

LOG_NAME = "dbt.log"
# names a file of dbt with the project as a run read it
PROJECT_OF_A_RUN = "CSP_PROJECT_OF_A_RUN"
# names the folder of the project as read and made into SQL before, where it may be kept
KEPT_PROJECT = "CSP_KEPT_PROJECT"
RUN_RESULTS = "run_results.json"

# What differs between data folders. While the project is read its name stands for each of them.
_OF_ONE_RUN = ("CSP_DATABASE", "CSP_LANDING", "CSP_CHECKS", "CSP_MEMORY_LIMIT_MB")
_AS_READ = "partial_parse.msgpack"
_SQL = "sql.json"
_LISTS = ("manifest.json", "semantic_manifest.json")
_SUMS = "sha256.json"
# for so many versions and settings the project is kept
_KEPT = 4


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
    target = Path(options[options.index("--target-path") + 1])
    with _names_for_folders():
        manifest = _project_of_a_run() or _kept_project(target) or _read_project(options)
        _import_what_a_build_uses()
        if manifest is not None:
            _make_sql(manifest, options, target, may_build)
    if manifest is not None:
        _read_settings(manifest, options)
        _fill_in_folders(manifest)
        _take_sql_that_is_there()
    may_build.wait()
    # a project that cannot be read is read again here: its errors belong into the log
    log = Path(options[options.index("--log-path") + 1]) / LOG_NAME
    with log.open("wb", buffering=0) as lines:
        write = _what_fits(lines)
        done = dbtRunner(manifest=manifest, callbacks=[_write_to(write)]).invoke(
            ["build", "--no-write-json", "--threads", str(_models_at_once()), *options]
        )
        if done.result is not None:
            _write_results(done.result, target / RUN_RESULTS)
        if done.exception is not None:
            # the words of a MemoryError are empty
            said = f"{type(done.exception).__name__}: {done.exception}"
            write(f"{said}\n")
            print(said)
    _close_database()
    # Python would take half a second to give back the memory of dbt's graph, piece by piece
    sys.stdout.flush()
    os._exit(0 if done.success else 2 if done.exception is not None else 1)


def _write_results(results: Any, file: Path) -> None:
    """Write what came of each node, all of it or nothing. Raises `OSError` on a full disk."""
    try:
        results.write(str(file))
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _models_at_once() -> int:
    """Give the number of models and tests that a build works on at the same time."""
    import duckdb

    # where dbt looks for the plugins of profiles.yml
    sys.path.append(str(Path(os.environ["CSP_FUNCTIONS"], "threads")))
    rule = importlib.import_module("threads_for_landing")
    try:
        with duckdb.connect() as connection:
            return int(rule.models_at_once(connection, Path(os.environ["CSP_LANDING"])))
    except duckdb.Error:  # dbt says what is wrong with the landing
        return 1


def _close_database() -> None:
    """Close DuckDB's file, so that all of it is in the file and none in a log beside it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    of_dbt: Any = DuckDBConnectionManager
    of_dbt.close_all_connections()


@contextlib.contextmanager
def _names_for_folders() -> Iterator[None]:
    """Put a name in place of each folder of this run, so that what dbt reads is every run's.

    dbt reads the whole project again where another folder is in it.
    """
    own = {name: os.environ[name] for name in _OF_ONE_RUN if name in os.environ}
    os.environ.update({name: _name_for(name, value) for name, value in own.items()})
    try:
        yield
    finally:
        os.environ.update(own)


def _name_for(name: str, value: str) -> str:
    # the database's own name stands in the SQL
    return f"<{name}>/{Path(value).name}" if name == "CSP_DATABASE" else f"<{name}>"


def _fill_in_folders(manifest: Any) -> None:
    """Put the folders of this run in place of their names, in what reads and in the SQL made."""
    named = [(name, os.environ[name]) for name in _OF_ONE_RUN if name in os.environ]
    # they stand in quotes there, which a folder of O'Brien would end
    own = {_name_for(name, value): value.replace("'", "''") for name, value in named}

    def filled_in(text: str) -> str:
        for name, value in own.items():
            text = text.replace(name, value)
        return text

    for source in manifest.sources.values():
        location = source.config.get("external_location")
        if location:
            source.config["external_location"] = filled_in(location)
    for node in _with_sql(manifest).values():
        node.compiled_code = filled_in(node.compiled_code)


def _with_sql(manifest: Any) -> dict[str, Any]:
    """Give the models and tests whose SQL has been made, by their ids."""
    from dbt.contracts.graph.nodes import CompiledNode

    nodes = manifest.nodes.items()
    return {name: node for name, node in nodes if isinstance(node, CompiledNode) and node.compiled}


def _project_of_a_run() -> Any:
    """Return the project as a run left it, or nothing where it left none that can be read.

    dbt reads the whole project again where a variable has another value than in the last run, even
    if only models in a build look at it.
    """
    left = os.environ.get(PROJECT_OF_A_RUN)
    return _as_read(Path(left)) if left else None


def _as_read(file: Path) -> Any:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.version import __version__

    try:
        manifest = Manifest.from_msgpack(file.read_bytes())
    except Exception:  # whatever is wrong with it: the project itself can be read
        return None
    return manifest if manifest.metadata.dbt_version == __version__ else None


def _kept_project(target: Path) -> Any:
    """Return the project with its SQL as they were kept, and leave `target` as reading it does.

    Nothing where none is kept, or not as it was written.
    """
    kept = Path(os.environ.get(KEPT_PROJECT, ""))
    try:
        sums = json.loads((kept / _SUMS).read_bytes())
        if any(_sum(kept / name) != sums.get(name) for name in (_AS_READ, _SQL, *_LISTS)):
            return None
        manifest = _as_read(kept / _AS_READ)
        if manifest is None:
            return None
        for name, sql in json.loads((kept / _SQL).read_bytes()).items():
            node = manifest.nodes[name]
            node.compiled_code, node.compiled, node.extra_ctes_injected = sql, True, True
        for name in (_AS_READ, *_LISTS):
            shutil.copyfile(kept / name, target / name)
    except (OSError, ValueError, KeyError):
        return None
    with contextlib.suppress(OSError):  # a cache that may only be read
        os.utime(kept)
    return manifest


def _keep_project(manifest: Any, target: Path) -> None:
    """Keep the project with its SQL for later runs; where that cannot be, none is kept."""
    kept = Path(os.environ[KEPT_PROJECT])
    with contextlib.suppress(OSError):
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=kept.parent, prefix=".unfinished-"))
        try:
            sql = {name: node.compiled_code for name, node in _with_sql(manifest).items()}
            (unfinished / _SQL).write_text(json.dumps(sql), "utf-8")
            for name in (_AS_READ, *_LISTS):
                shutil.copyfile(target / name, unfinished / name)
            sums = {name: _sum(unfinished / name) for name in (_AS_READ, _SQL, *_LISTS)}
            (unfinished / _SUMS).write_text(json.dumps(sums), "utf-8")
            shutil.rmtree(kept, ignore_errors=True)  # a damaged one
            unfinished.replace(kept)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        others = sorted(kept.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in others[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read_project(options: list[str]) -> Any:
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    prepared = dbtRunner().invoke(["parse", *_of_every_command(options), "--no-write-json"])
    return prepared.result if isinstance(prepared.result, Manifest) else None


def _read_settings(manifest: Any, options: list[str]) -> None:
    """Have dbt read profile and project, as it does first in a build: the second time is quick."""
    from dbt.cli.main import dbtRunner

    dbtRunner(manifest=manifest).invoke(["parse", *_of_every_command(options), "--no-write-json"])


def _import_what_a_build_uses() -> None:
    """Import what dbt and the functions of models import when first used: files land meanwhile."""
    for name in ("dbt.task.build", "pandas", "pyarrow.dataset", "scipy.special"):
        importlib.import_module(name)


def _make_sql(manifest: Any, options: list[str], target: Path, may_build: threading.Event) -> None:
    """Make the SQL of every model and test while files land, where it is not there yet.

    It depends on the project and the settings alone. What cannot be made here is made by the
    build again, whose log says why.
    """
    from dbt.cli.main import dbtRunner
    from dbt.parser.manifest import write_manifest

    if _with_sql(manifest):
        return
    # for what makes a part of the SQL alone, nothing is kept
    may_keep = KEPT_PROJECT in os.environ and not _selection(options)
    if may_keep or not may_build.is_set():
        without_database = ("--no-introspect", "--no-populate-cache", "--no-write-json")
        done = dbtRunner(manifest=manifest).invoke(
            ["compile", *_of_every_command(options), *_selection(options), *without_database]
        )
        may_keep = may_keep and done.success
    if PROJECT_OF_A_RUN not in os.environ:
        # what checks know of tests, which the build would list again
        write_manifest(manifest, str(target))
    if may_keep:
        _keep_project(manifest, target)


def _take_sql_that_is_there() -> None:
    from dbt.compilation import Compiler

    compile_node: Any = Compiler.compile_node

    def compile_once(compiler: Any, node: Any, *others: Any, **named: Any) -> Any:
        if getattr(node, "compiled", False):
            return node
        return compile_node(compiler, node, *others, **named)

    every: Any = Compiler
    every.compile_node = compile_once


def _what_fits(lines: BinaryIO) -> Callable[[str], None]:
    """Give what writes to a log, and leaves out what a full disk has no space for.

    dbt writes from the threads in which it builds. One that its own log ended would never say what
    came of its model, and dbt would wait for it.
    """

    def write(text: str) -> None:
        with contextlib.suppress(OSError):
            lines.write(text.encode())

    return write


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
