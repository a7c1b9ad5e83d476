"""The supervisor on made-up processes: it starts again what ends, hangs or is asked to, or ends.

`test_real_schedule.py` (slow) does it with Prefect's own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.data_folder import DataFolder
from flows.prefect_server import ServerNotStartedError, answers
from flows.publishing.lock import RunLockedError
from flows.scheduling import supervisor as module
from flows.scheduling.known_schedule import read_known_schedule
from flows.scheduling.supervisor import ScheduleLostError, Supervisor, scheduled
from flows.settings import Settings
from tests.needs import needs_signals

pytestmark = pytest.mark.long

_SERVER = """
import sys, http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "2"); self.end_headers()
        self.wfile.write(b"{}")
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
_RUNNER = "import sys; sys.stdin.read()"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    for name in [name for name in os.environ if name.startswith(("CSP_", "PREFECT_"))]:
        monkeypatch.delenv(name)
    # what prepare_prefect sets is taken back after the test
    monkeypatch.setattr(module, "prepare_prefect", lambda folder, quiet: None)
    folder = DataFolder(tmp_path / "data")
    folder.ensure()
    return folder


@pytest.fixture
def settings() -> Settings:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        # no run is due while these tests run
        return Settings(schedule_port=found.getsockname()[1], schedule_cron="0 2 1 1 *")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The servers that were started, in order; each ends with the test."""
    servers: list[subprocess.Popen[bytes]] = []

    def start_server(folder: DataFolder, port: int, secret: str, kind: str) -> Any:
        assert kind == "lasting"
        assert secret
        servers.append(
            subprocess.Popen([sys.executable, "-c", _SERVER, str(port)], stdin=subprocess.PIPE)
        )
        return servers[-1]

    monkeypatch.setattr(module, "start_server", start_server)
    monkeypatch.setattr(module, "runner_command", lambda planned: [sys.executable, "-c", _RUNNER])
    yield servers
    for server in servers:
        server.kill()
        server.wait()


@pytest.fixture
def said() -> list[str]:
    return []


def _until(true: Callable[[], bool], supervisor: Supervisor, seconds: float = 20.0) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not happen"
        supervisor.look()
        time.sleep(0.02)


def test_a_server_that_is_killed_is_started_again_and_its_runner_renewed(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str]
) -> None:
    with scheduled(folder, settings, said.append) as supervisor:
        first = supervisor._runner
        assert first is not None
        started[0].kill()
        _until(lambda: supervisor._runner not in (first, None), supervisor)
        assert len(started) == 2
        assert started[1].poll() is None
        assert first.poll() == 0  # asked to end, not killed: a run under way would have ended first
    assert said == ["The Prefect server ended (exit code -9): starting it again.",
                    "The Prefect server answers again."]  # fmt: skip
    assert started[1].poll() is not None


@needs_signals
def test_a_server_that_hangs_is_started_again(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(module, "_ASK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(module, "_SECONDS_OF_SILENCE", 1.0)
    monkeypatch.setattr("flows.prefect_server._SECONDS_TO_STOP", 0.2)
    with scheduled(folder, settings, said.append) as supervisor:
        started[0].send_signal(signal.SIGSTOP)
        _until(lambda: len(started) >= 2 and started[-1].poll() is None, supervisor)
    assert said[0] == "The Prefect server is silent for 1 s: starting it again."


def test_a_server_that_ends_again_and_again_ends_the_schedule(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str]
) -> None:
    with (
        pytest.raises(ScheduleLostError, match=r"ended 5 times within 10 minutes.*Next: read"),
        scheduled(folder, settings, said.append) as supervisor,
    ):
        while True:
            started[-1].kill()
            started[-1].wait()
            supervisor.look()
    assert len(started) == 5


def test_a_server_that_cannot_start_at_first_ends_it_at_once(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys.modules[__name__], "_SERVER", "raise SystemExit(7)")
    with (
        pytest.raises(ServerNotStartedError, match="exit code 7"),
        scheduled(folder, settings, said.append),
    ):
        pass
    assert len(started) == 1


def test_a_runner_that_ends_is_started_again(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str]
) -> None:
    with scheduled(folder, settings, said.append) as supervisor:
        first = supervisor._runner
        assert first is not None
        first.kill()
        _until(lambda: supervisor._runner is not first, supervisor)
    assert said == ["The runner ended (exit code -9): starting it again."]
    assert len(started) == 1


def test_a_runner_is_not_renewed_just_before_a_run_is_due(
    folder: DataFolder, started: list[subprocess.Popen[bytes]], said: list[str],
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """To register the deployment would remove that run, and plan from a moment later on."""
    soon = datetime.now(UTC) + timedelta(seconds=30)
    monkeypatch.setattr(module, "next_due", lambda cron, timezone, after: soon)
    with scheduled(folder, settings, said.append) as supervisor:
        started[0].kill()
        started[0].wait()
        supervisor.look()
        ending = supervisor._ending
        assert ending is not None
        ending.wait(20)
        supervisor.look()
        assert supervisor._runner is None
        soon = datetime.now(UTC) + timedelta(hours=1)
        supervisor.look()
        assert supervisor._runner is not None


@pytest.mark.parametrize("moved", [86400.0, -86400.0])
def test_a_clock_that_was_set_has_everything_planned_anew(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str],
    monkeypatch: pytest.MonkeyPatch, moved: float,
) -> None:  # fmt: skip
    with scheduled(folder, settings, said.append) as supervisor:
        first = supervisor._runner
        true_clock = module._clock_against_monotonic
        monkeypatch.setattr(module, "_clock_against_monotonic", lambda: true_clock() + moved)
        _until(lambda: supervisor._runner not in (first, None), supervisor)
        assert len(started) == 2
    assert said == [f"The clock moved by {moved:+,.0f} s: planning again."]


def test_one_schedule_at_a_time_serves_a_folder(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str]
) -> None:
    with (
        scheduled(folder, settings, said.append),
        pytest.raises(RunLockedError, match="`csp schedule` is already under way"),
        scheduled(folder, settings, said.append),
    ):
        pass
    assert len(started) == 1


def test_somebody_elses_server_that_goes_away_ends_it_with_an_error(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    theirs = subprocess.Popen([sys.executable, "-c", _SERVER, str(settings.schedule_port)])
    address = f"http://127.0.0.1:{settings.schedule_port}/api"
    monkeypatch.setenv("PREFECT_API_URL", address)
    monkeypatch.setattr(module, "_ASK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(module, "_SECONDS_OF_SILENCE_ELSEWHERE", 0.5)
    try:
        while not answers(address):
            time.sleep(0.02)
        with (
            pytest.raises(ScheduleLostError, match="no Prefect server has answered"),
            scheduled(folder, settings, said.append) as supervisor,
        ):
            theirs.kill()
            theirs.wait()
            _until(lambda: False, supervisor)
    finally:
        theirs.kill()
    assert started == []


def test_what_is_served_is_kept_for_the_status(
    folder: DataFolder, settings: Settings, started: list[subprocess.Popen[bytes]], said: list[str]
) -> None:
    with scheduled(folder, settings, said.append):
        pass
    known = read_known_schedule(folder)
    assert known is not None
    assert (known.cron, known.timezone) == ("0 2 1 1 *", "Europe/London")
