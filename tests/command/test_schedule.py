from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import Result

from flows.data_folder import DataFolder
from flows.prefect_server import ServerNotStarted
from flows.schedule import NightlySchedule, prefect_server, serve_nightly
from flows.settings import Settings

EXPECTED = {
    "name": "nightly",
    "cron": "0 2 * * *",
    "timezone": "Europe/London",
    "concurrency_limit": 1,
    "collision_strategy": "CANCEL_NEW",
    "pause_on_shutdown": False,
}


def test_the_schedule_is_this_one(folder: DataFolder) -> None:
    """A snapshot: whoever changes it changes when and how often nights run."""
    planned = NightlySchedule.of(folder, Settings())
    assert dataclasses.asdict(planned) == {**EXPECTED, "parameters": {"data": str(folder.root)}}


def test_prefect_is_given_exactly_this_schedule(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.nightly import nightly

    given: dict[str, Any] = {}
    monkeypatch.setattr(type(nightly), "serve", lambda self, **words: given.update(words))
    serve_nightly(NightlySchedule.of(folder, Settings(schedule_cron="30 1 * * 1-5")))
    assert (given["schedule"].cron, given["schedule"].timezone) == ("30 1 * * 1-5", "Europe/London")
    assert given["global_limit"].limit == 1
    assert given["global_limit"].collision_strategy.value == "CANCEL_NEW"
    assert given["pause_on_shutdown"] is False
    assert given["parameters"] == {"data": str(folder.root)}


def test_a_named_server_that_does_not_answer_is_an_error_and_none_is_started(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    folder.ensure()
    with (
        pytest.raises(ServerNotStarted, match="no Prefect server answers"),
        prefect_server(folder, Settings()),
    ):
        pass


def test_the_command_says_so_with_exit_1(
    csp: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    done = csp("schedule")
    assert done.exit_code == 1
    assert "unset PREFECT_API_URL" in " ".join(done.output.split())
