"""A dbt that was started before there is anything to build."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.data_folder import CODE_ROOT, DataFolder
from flows.dbt_process import LOG_NAME, PROJECT_OF_A_RUN
from flows.settings import Settings
from flows.warehouse import BuildFailedError, ReadyDbt, build_warehouse, dbt_ready, ready_dbt


def test_a_run_that_ends_before_its_build_ends_its_dbt(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    started: list[ReadyDbt] = []

    def run_that_fails_while_it_lands() -> None:
        with ready_dbt(folder, Settings()) as dbt:
            started.append(dbt)
            raise OSError("the inbox is gone")

    with pytest.raises(OSError, match="the inbox is gone"):
        run_that_fails_while_it_lands()
    assert started[0].has_ended
    assert not folder.database.exists()
    assert not (folder.dbt / "logs" / LOG_NAME).exists()


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ReadyDbt]:
    """A process in the place of dbt, whose log may be silent for a second."""
    monkeypatch.setattr(dbt_ready, "SECONDS_WITHOUT_A_LINE", 1.0)

    def play(program: str) -> ReadyDbt:
        log = DataFolder(tmp_path).dbt / "logs" / LOG_NAME
        log.parent.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(log)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        return ReadyDbt(process, process.stdin.fileno(), log)

    return play


@pytest.mark.long
def test_a_dbt_that_waits_for_ever_is_ended_and_the_run_says_so(
    tmp_path: Path, played: Callable[[str], ReadyDbt]
) -> None:
    dbt = played("import time; time.sleep(600)")
    with pytest.raises(BuildFailedError, match="dbt hangs: it has written no line") as failed:
        build_warehouse(DataFolder(tmp_path), Settings(), dbt=dbt)
    assert " Expected: " in str(failed.value)
    assert " Next: " in str(failed.value)
    assert dbt.has_ended


@pytest.mark.long
def test_a_long_build_that_writes_its_log_is_not_ended(played: Callable[[str], ReadyDbt]) -> None:
    dbt = played(
        "import sys, time\n"
        "for _ in range(25):\n"
        "    time.sleep(0.1)\n"
        "    print('1 of 9 OK', file=open(sys.argv[1], 'a'))\n"
        "print('built')"
    )
    assert dbt.build().stdout == "built\n"


def ending_with(folder: DataFolder, *nodes: tuple[str, str, str]) -> str:
    """A program that ends as a dbt does whose nodes came to this (id, status, message)."""
    results = folder.dbt / "target" / "run_results.json"
    results.parent.mkdir(parents=True, exist_ok=True)
    told = [{"unique_id": one, "status": status, "message": said} for one, status, said in nodes]
    return (
        "import sys; sys.stdin.read(1); "
        f"open({str(results)!r}, 'w').write({json.dumps({'results': told})!r})"
    )


OUT_OF_MEMORY = "Runtime Error\n  Out of Memory Error: failed to pin block of size 256.0 KiB"
FIGURES = "model.csp.rpt_figures"


def test_what_does_not_fit_into_memory_is_built_with_more_and_nothing_else(
    tmp_path: Path, played: Callable[..., ReadyDbt]
) -> None:
    folder = DataFolder(tmp_path)
    dbt = played(
        ending_with(
            folder,
            ("model.csp.dim_areas", "success", ""),
            ("test.csp.dim_areas_rules.1a2b", "fail", "Got 1 result"),
            (FIGURES, "error", OUT_OF_MEMORY),
            ("test.csp.rpt_figures_rules.3c4d", "skipped", ""),
            ("exposure.csp.papers", "skipped", ""),
        )
    )
    started = []

    @contextlib.contextmanager
    def again(select: list[str]) -> Iterator[ReadyDbt]:
        started.append(select)
        yield played(
            ending_with(
                folder,
                (FIGURES, "success", ""),
                ("test.csp.rpt_figures_rules.3c4d", "pass", ""),
            )
        )

    dbt.with_more_memory = again
    report = build_warehouse(folder, Settings(), dbt=dbt)
    assert started == [["rpt_figures", "rpt_figures_rules"]]
    assert {node.unique_id: node.status for node in report.nodes} == {
        "model.csp.dim_areas": "success",
        "test.csp.dim_areas_rules.1a2b": "fail",
        FIGURES: "success",
        "test.csp.rpt_figures_rules.3c4d": "pass",
        "exposure.csp.papers": "skipped",
    }
    # which the checks of marts read
    kept = json.loads((report.target_path / "run_results.json").read_text("utf-8"))
    assert len(kept["results"]) == 5


@pytest.mark.parametrize("message", [OUT_OF_MEMORY, "Binder Error: no such column"])
def test_it_is_repeated_once_and_for_want_of_memory_only(
    tmp_path: Path, played: Callable[..., ReadyDbt], message: str
) -> None:
    folder = DataFolder(tmp_path)
    dbt = played(ending_with(folder, (FIGURES, "error", message)))
    started = []

    @contextlib.contextmanager
    def again(select: list[str]) -> Iterator[ReadyDbt]:
        started.append(select)
        yield played(ending_with(folder, (FIGURES, "error", message)))

    dbt.with_more_memory = again
    with pytest.raises(BuildFailedError, match=message.splitlines()[-1].strip()):
        build_warehouse(folder, Settings(), dbt=dbt)
    assert len(started) == (1 if message == OUT_OF_MEMORY else 0)


@pytest.fixture
def in_place_of_dbt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Start a module in the place of dbt's process, which says this when it is to build."""

    def say(expression: str) -> None:
        modules = tmp_path / "modules"
        modules.mkdir()
        (modules / "says.py").write_text(
            f"import os, sys, flows, dbt\nsys.stdin.read(1)\nprint({expression})", "utf-8"
        )
        monkeypatch.setenv("PYTHONPATH", str(modules))
        monkeypatch.setattr(dbt_ready, "_DBT_PROCESS", "says")

    return say


def test_the_memory_of_the_settings_reaches_dbt_and_then_four_times_as_much(
    tmp_path: Path, in_place_of_dbt: Callable[[str], None]
) -> None:
    in_place_of_dbt("os.environ['CSP_MEMORY_LIMIT_MB']")
    with ready_dbt(DataFolder(tmp_path / "d"), Settings(memory_limit_mb=300)) as dbt:
        assert dbt.build().stdout == "300\n"
        assert dbt.with_more_memory is not None
        with dbt.with_more_memory(select=["rpt_figures"]) as larger:
            assert larger.build().stdout == "1200\n"
            assert larger.with_more_memory is None


def test_a_build_beside_a_run_uses_the_project_as_that_run_read_it(
    tmp_path: Path, in_place_of_dbt: Callable[[str], None]
) -> None:
    in_place_of_dbt(f"os.environ.get('{PROJECT_OF_A_RUN}')")
    run = DataFolder(tmp_path / "run")
    left = run.dbt / "target" / "partial_parse.msgpack"
    with pytest.raises(BuildFailedError, match=re.escape(str(left))):
        build_warehouse(DataFolder(tmp_path / "beside"), Settings(), project_of=run)
    with pytest.raises(BuildFailedError, match="None"):
        build_warehouse(DataFolder(tmp_path / "beside"), Settings())


def test_folders_named_flows_or_dbt_where_a_user_stands_are_not_taken_for_the_modules(
    tmp_path: Path, in_place_of_dbt: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    for name in ("flows", "dbt"):
        (here / name).mkdir(parents=True)
        (here / name / "__init__.py").write_text("raise ImportError('not this one')", "utf-8")
    monkeypatch.chdir(here)
    # which is where dbt stands
    monkeypatch.setattr(dbt_ready, "DBT_PROJECT", here)
    in_place_of_dbt("[flows.__file__, *dbt.__path__]")
    with ready_dbt(DataFolder(tmp_path / "d"), Settings()) as dbt:
        done = dbt.build()
    assert done.returncode == 0, done.stderr
    assert str(CODE_ROOT / "flows") in done.stdout
    assert str(here) not in done.stdout
