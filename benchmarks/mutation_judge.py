"""A pytest plugin that runs collected tests once for each mutant, in a fork of this process.

First every test runs on the true models, in a process of its own, to see that it passes, how long
it takes, which models it asks for, and to keep the warehouses that its fixtures build. Then, for
each mutant, the tests that ask for its model run, quick ones first, until one fails.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import dbt_unit_tests
import duckdb
import pytest
from recorded_builds import RecordedBuild, connect
from sql_mutants import Mutant

from tests.dbt_project import model_sql

#: Seconds after which a mutant's tests are stopped; it is then caught: the night would hang.
LONGEST = 120
_REFUSED = re.compile(r"(Parser|Binder|Catalog)(Exception| Error)")
CAUGHT, SURVIVED, REFUSED, UNTESTED = "caught", "survived", "refused", "no test"

FixtureKey = tuple[str, str]


class JudgeBrokeError(RuntimeError):
    """The judge itself failed, which says nothing of the mutant."""


def _key(mutant: Mutant) -> str:
    """Name the mutant by what it is: the whole text of the model with its change."""
    return f"{mutant.name}-{hashlib.sha256(mutant.text.encode()).hexdigest()}"


def reason(failure: str) -> str:
    """Give the first line of an error out of what pytest prints of a failure."""
    lines = re.findall(r"^E +(.*)", failure, re.M) or failure.strip().splitlines()[-1:]
    return lines[0][:100] if lines else ""


@dataclass
class Learned:
    """What the run on the true models showed."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    asked_by_fixture: dict[FixtureKey, set[str]] = field(default_factory=dict)
    calls: dict[tuple[FixtureKey, str, int], tuple[RecordedBuild, Any]] = field(
        default_factory=dict
    )
    columns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Judge:
    """Runs the tests for each mutant and keeps what became of it."""

    def __init__(self, mutants: list[Mutant], keep_in: Path, seconds: float) -> None:
        self.mutants = mutants
        self.keep_in = keep_in
        self.until = time.monotonic() + seconds
        self.fates: list[str] = []
        self.learned = Learned()
        self._now: FixtureKey | None = None
        self._counts: dict[tuple[FixtureKey, str], int] = {}
        self._failure = ""
        self._replaying = ""
        self._controlling = False

    # --- hooks -------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Know in which fixture a model is asked for or a warehouse built."""
        before, self._now = self._now, (fixturedef.baseid, fixturedef.argname)
        held, model_sql.asked_for = model_sql.asked_for, set()
        try:
            return (yield)
        finally:
            asked = self.learned.asked_by_fixture.setdefault(self._now, set())
            asked |= model_sql.asked_for
            self._now, model_sql.asked_for = before, held

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first failure."""
        if report.failed and not self._failure:
            self._failure = str(report.longrepr) or "failed"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn, then judge every mutant."""
        kept = self.keep_in / "learned.pickle"
        items = session.items
        if kept.exists():
            self.learned = pickle.loads(kept.read_bytes())  # noqa: S301 - of our own run
            at = kept.stat().st_mtime
            items = [
                item
                for item in items
                if item.nodeid not in self.learned.seconds or item.path.stat().st_mtime > at
            ]
        if items:
            self._temporary(session, "learned")
            self.learned = self._in_fork(lambda: self._learn(items))
            kept.write_bytes(pickle.dumps(self.learned))
        self._control(session)
        for item, why in self.learned.failed.items():
            print(f"fails on the true models, judges nothing: {item}: {reason(why)}")
        judged = self._judged_before()
        for mutant in self.mutants:
            before = judged.get(_key(mutant), "")
            # a test that is added only catches more: what was caught stays so
            if before in (CAUGHT, REFUSED):
                self.fates.append(before)
                continue
            if time.monotonic() > self.until:
                self.fates.append("not run")
                continue
            begun = time.monotonic()
            self._temporary(session, "judging")
            fate, by = self._in_fork(partial(self._judge, mutant, session.items))
            self.fates.append(fate)
            with (self.keep_in / "fates.csv").open("a", encoding="utf-8") as lines:
                lines.write(f"{_key(mutant)},{fate}\n")
            told = f"{fate:9} {time.monotonic() - begun:6.2f}s  {mutant}"
            print(told + (f"  [{by}]" if by else ""), flush=True)
        return True

    def _judged_before(self) -> dict[str, str]:
        kept = self.keep_in / "fates.csv"
        if not kept.exists():
            return {}
        with kept.open(encoding="utf-8") as lines:
            pairs = [line.rstrip("\n").rpartition(",") for line in lines]
        return {key: fate for key, _, fate in pairs}

    def _control(self, session: pytest.Session) -> None:
        """Drop tests that fail where a warehouse is made again with the true text of a model."""
        builds = [build for build, _ in self.learned.calls.values()]
        for name in sorted({build.first_model for build in builds}):
            self._temporary(session, "judging")
            failed = self._in_fork(partial(self._fail_without_cause, name, session.items))
            self.learned.failed.update(failed)

    def _fail_without_cause(self, model: str, items: list[pytest.Item]) -> dict[str, str]:
        self._replaying = model
        self._controlling = True
        self._wrap(self._replay)
        failed = {}
        judges = self._judges(model, items)
        for number, item in enumerate(judges):
            self._failure = ""
            follower = judges[number + 1] if number + 1 < len(judges) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=follower)
            if self._failure:
                failed[item.nodeid] = self._failure
        return failed

    # --- one process a mutant ----------------------------------------------------------------

    def _temporary(self, session: pytest.Session, place: str) -> Path:
        """Let fixtures write here: builds read the landing that theirs wrote, so it has to stay."""
        folder = self.keep_in / (f"{place}{os.getpid()}" if place == "judging" else place)
        if place == "judging":
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        factory: Any = session.config._tmp_path_factory  # type: ignore[attr-defined]
        factory._basetemp = folder
        return folder

    def _in_fork(self, work: Callable[[], Any]) -> Any:
        answer = self.keep_in / f"answer{os.getpid()}.pickle"
        answer.unlink(missing_ok=True)
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            try:
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1)
                os.dup2(silence, 2)
                try:
                    result = work()
                except Exception:  # the judge's own fault: told by the parent
                    result = JudgeBrokeError(traceback.format_exc())
                answer.write_bytes(pickle.dumps(result))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        if not answer.exists():
            return CAUGHT, f"stopped, or after {LONGEST} s"
        result = pickle.loads(answer.read_bytes())  # noqa: S301 - of our own fork
        if isinstance(result, JudgeBrokeError):
            raise result
        return result

    def _learn(self, items: list[pytest.Item]) -> Learned:
        self._wrap(self._record)
        for number, item in enumerate(items):
            self._failure = ""
            model_sql.asked_for = set()
            begun = time.monotonic()
            follower = items[number + 1] if number + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=follower)
            self.learned.seconds[item.nodeid] = time.monotonic() - begun
            self.learned.asked[item.nodeid] = set(model_sql.asked_for)
            self.learned.failed.pop(item.nodeid, None)
            if self._failure:
                self.learned.failed[item.nodeid] = self._failure
        for build, _ in self.learned.calls.values():
            self._learn_columns(build)
        return self.learned

    def _learn_columns(self, build: RecordedBuild) -> None:
        with connect(build.database) as connection:
            for table, name, kind in connection.execute(
                "select table_name, column_name, data_type from duckdb_columns() "
                "where schema_name in ('staging', 'intermediate', 'main', 'seeds') "
                "order by table_name, column_index"
            ).fetchall():
                known = self.learned.columns.setdefault(table, [])
                if name not in dict(known):
                    known.append((name, kind))

    def _judge(self, mutant: Mutant, items: list[pytest.Item]) -> tuple[str, str]:
        signal.alarm(LONGEST)
        model_sql.replaced[mutant.name] = mutant.text
        tests = dbt_unit_tests.unit_tests_of(mutant.name) if self.learned.columns else []
        with connect(Path(":memory:")) as connection:
            for test in tests:
                try:
                    if not dbt_unit_tests.passes(connection, test, self.learned.columns):
                        return CAUGHT, f"unit test {test['name']}"
                except duckdb.Error as error:
                    if _REFUSED.search(f"{type(error).__name__} {error}"):
                        return REFUSED, str(error).splitlines()[0]
                    return CAUGHT, f"unit test {test['name']}"
        judges = self._judges(mutant.name, items)
        if not judges and not tests:
            return UNTESTED, ""
        self._replaying = mutant.name
        self._wrap(self._replay)
        for number, item in enumerate(judges):
            self._failure = ""
            follower = judges[number + 1] if number + 1 < len(judges) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=follower)
            if self._failure:
                if _REFUSED.search(self._failure):
                    return REFUSED, reason(self._failure)
                return CAUGHT, f"{item.nodeid.rpartition('/')[2]}: {reason(self._failure)}"
        return SURVIVED, ""

    def _judges(self, model: str, items: list[pytest.Item]) -> list[pytest.Item]:
        """Choose the passing tests that ask for a model, those that build nothing first."""
        chosen = []
        for item in items:
            definitions: dict[str, Any] = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009
            fixtures = [(d.baseid, d.argname) for ds in definitions.values() for d in ds]
            asked = set(self.learned.asked.get(item.nodeid, set()))
            for key in fixtures:
                asked |= self.learned.asked_by_fixture.get(key, set())
            if model in asked and item.nodeid not in self.learned.failed:
                replays = any(key[0] in fixtures for key in self.learned.calls)
                chosen.append((replays, item))
        module_seconds: dict[str, float] = {}
        for _, item in chosen:
            module = item.nodeid.partition("::")[0]
            module_seconds[module] = (
                module_seconds.get(module, 0) + self.learned.seconds[item.nodeid]
            )
        chosen.sort(
            key=lambda pair: (
                pair[0],
                module_seconds[pair[1].nodeid.partition("::")[0]],
                self.learned.seconds[pair[1].nodeid],
            )
        )
        return [item for _, item in chosen]

    # --- builds that fixtures ask for --------------------------------------------------------

    def _wrap(self, wrapper: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
        """Put a wrapper round what builds and lands, in every module that has it by name."""
        for module in list(sys.modules.values()):
            name = getattr(module, "__name__", "")
            if not name.startswith("tests") and "conftest" not in name and "test_" not in name:
                continue
            for function in ("build_warehouse", "run_csp"):
                original = getattr(module, function, None)
                if callable(original):
                    setattr(module, function, wrapper(function, original))

    def _key(self, function: str) -> tuple[FixtureKey, str, int] | None:
        if self._now is None:
            return None
        number = self._counts.get((self._now, function), 0)
        self._counts[self._now, function] = number + 1
        return self._now, function, number

    def _record(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*args: Any, **kwargs: Any) -> Any:
            key = self._key(function)
            result = original(*args, **kwargs)
            if key is None:
                return result
            build = self._kept(function, args, kwargs)
            self.learned.asked_by_fixture.setdefault(key[0], set()).update(build.models)
            model_sql.asked_for |= build.models
            self.learned.calls[key] = (build, result)
            return result

        return recorded

    def _kept(self, function: str, args: Any, kwargs: Any) -> RecordedBuild:
        from flows.data_folder import DataFolder
        from flows.settings import load_settings
        from flows.warehouse.variables import dbt_variables

        if function == "build_warehouse":
            folder, settings = args[0], args[1]
        else:
            folder = DataFolder(Path(args[args.index("--data") + 1]))
            settings = load_settings(folder.root)
        variables = dbt_variables(settings)
        keep_in = Path(tempfile.mkdtemp(prefix="build", dir=self.keep_in)) / "kept"
        return RecordedBuild.keep(folder.database, folder.dbt / "target", variables, keep_in)

    def _make_again(self, build: RecordedBuild, database: Path) -> None:
        differs = build.make_again(database, self._replaying)
        if not differs and not self._controlling:
            pytest.skip(
                "no test can see it: the mutant makes the same warehouse as the true models"
            )

    def _replay(self, function: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def replayed(*args: Any, **kwargs: Any) -> Any:
            key = self._key(function)
            if key not in self.learned.calls:
                return original(*args, **kwargs)
            build, result = self.learned.calls[key]
            if function == "build_warehouse":
                self._make_again(build, args[0].database)
                return result
            root = Path(args[args.index("--data") + 1])
            self._make_again(build, root / "warehouse" / "warehouse.duckdb")
            # the marts of a warehouse are its published tables
            (root / "published").mkdir()
            shutil.copy(
                root / "warehouse" / "warehouse.duckdb",
                root / "published" / "community_safety.duckdb",
            )
            return subprocess.CompletedProcess(list(args), 0, "", "")

        return replayed
