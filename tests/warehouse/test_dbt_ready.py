"""A dbt that was started before there is anything to build."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse import BuildFailedError, ReadyDbt, build_warehouse, dbt_ready, ready_dbt
from flows.warehouse.dbt_process import LOG_NAME


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
        log.parent.mkdir(parents=True)
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(log)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        return ReadyDbt(process, os.open(os.devnull, os.O_WRONLY), log)

    return play


def test_a_dbt_that_waits_for_ever_is_ended_and_the_run_says_so(
    tmp_path: Path, played: Callable[[str], ReadyDbt]
) -> None:
    dbt = played("import time; time.sleep(600)")
    with pytest.raises(BuildFailedError, match="dbt hangs: it has written no line") as failed:
        build_warehouse(DataFolder(tmp_path), Settings(), dbt=dbt)
    assert " Expected: " in str(failed.value)
    assert " Next: " in str(failed.value)
    assert dbt.has_ended


def test_a_long_build_that_writes_its_log_is_not_ended(played: Callable[[str], ReadyDbt]) -> None:
    dbt = played(
        "import sys, time\n"
        "for _ in range(25):\n"
        "    time.sleep(0.1)\n"
        "    print('1 of 9 OK', file=open(sys.argv[1], 'a'))\n"
        "print('built')"
    )
    assert dbt.build().stdout == "built\n"
