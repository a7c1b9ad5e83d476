from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import Result

from flows.data_folder import DataFolder
from flows.prefect_server import ServerNotStartedError
from flows.publishing.lock import schedule_lock
from flows.schedule import NightlySchedule, as_argument, serve_nightly
from flows.scheduling.supervisor import scheduled
from flows.settings import Settings

EXPECTED = {
    "name": "nightly",
    "cron": "0 2 * * *",
    "timezone": "Europe/London",
    "concurrency_limit": 1,
    "pause_on_shutdown": False,
}


def test_the_schedule_is_this_one(folder: DataFolder) -> None:
    """A snapshot: a change of it changes when and how often nights run."""
    planned = NightlySchedule.of(folder, Settings())
    assert dataclasses.asdict(planned) == {**EXPECTED, "parameters": {"data": str(folder.root)}}


def test_it_reaches_the_process_that_serves_it_whole(folder: DataFolder) -> None:
    planned = NightlySchedule.of(folder, Settings())
    assert NightlySchedule(**json.loads(as_argument(planned))) == planned


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Prefect's runner, which notes what it is given and does as `during` says once started."""
    from prefect.runner import Runner

    noted: dict[str, Any] = {"during": lambda runner: None}

    def add_flow(self: Runner, flow: Any, **words: Any) -> None:
        noted.update(flow=flow, limit=self.limit, pauses=self.pause_on_shutdown, **words)

    async def start(self: Runner) -> None:
        signal.signal(signal.SIGTERM, self.handle_sigterm)  # as Prefect does
        noted["during"](self)
        await asyncio.sleep(0.5)

    monkeypatch.setattr(Runner, "add_flow", add_flow)
    monkeypatch.setattr(Runner, "start", start)
    before = signal.getsignal(signal.SIGTERM)
    yield noted
    signal.signal(signal.SIGTERM, before)


def test_prefect_is_given_exactly_this_schedule(folder: DataFolder, runner: dict[str, Any]) -> None:
    from flows.nightly import nightly

    serve_nightly(NightlySchedule.of(folder, Settings(schedule_cron="30 1 * * 1-5")))
    assert runner["flow"] is nightly
    assert runner["name"] == "nightly"
    schedule = runner["schedule"]
    assert (schedule.cron, schedule.timezone) == ("30 1 * * 1-5", "Europe/London")
    assert runner["limit"] == 1
    # on the server a limit would be held for ever by a run whose process was killed
    assert runner["concurrency_limit"] is None
    assert runner["pauses"] is False
    assert runner["parameters"] == {"data": str(folder.root)}


@pytest.mark.parametrize("background_job", [False, True])
def test_sigterm_ends_the_runner_as_ctrl_c_does(
    folder: DataFolder, runner: dict[str, Any], background_job: bool
) -> None:
    runner["during"] = lambda _: os.kill(os.getpid(), signal.SIGTERM)
    before = signal.getsignal(signal.SIGINT)
    if background_job:  # a shell has it ignore Ctrl-C
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt):
            serve_nightly(NightlySchedule.of(folder, Settings()))
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_named_server_that_does_not_answer_is_an_error_and_none_is_started(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    folder.ensure()
    with (
        pytest.raises(ServerNotStartedError, match="no Prefect server answers"),
        scheduled(folder, Settings(), print),
    ):
        pass


def test_the_command_says_so_with_exit_1(
    csp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    done = csp("schedule")
    assert done.exit_code == 1
    assert "unset PREFECT_API_URL" in " ".join(done.output.split())


def test_a_folder_that_is_served_already_is_exit_1_and_names_the_holder(
    csp: Callable[..., Result], folder: DataFolder
) -> None:
    folder.ensure()
    with schedule_lock(folder):
        done = csp("schedule")
    assert done.exit_code == 1
    assert f"held by process {os.getpid()}" in " ".join(done.output.split())


@pytest.mark.parametrize("cron", ["0 25 * * *", "0 2 31 2 *", "61 * * * *", "0 2 * * 9"])
def test_a_cron_expression_that_is_never_due_is_exit_2(
    csp: Callable[..., Result], folder: DataFolder, cron: str
) -> None:
    (folder.root / "csp.toml").write_text(f'[schedule]\ncron = "{cron}"\n')
    done = csp("schedule")
    assert done.exit_code == 2
    assert f"schedule.cron = '{cron}': expected five cron fields" in " ".join(done.output.split())
