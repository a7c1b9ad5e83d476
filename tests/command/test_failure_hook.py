"""Hooks of a failed night: what they are told, and that no answer of theirs changes its result."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import write_held_back
from tests.command.conftest import held_back_load

Csp = Callable[..., Result]


@dataclass
class Webhook:
    """A local address that notes what is posted to it, and answers as the test says."""

    address: str = ""
    status: int = 200
    seconds: float = 0.0
    bodies: list[Any] = field(default_factory=list)


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.bodies.append((self.headers["Content-Type"], json.loads(body)))
            time.sleep(hook.seconds)
            self.send_response(hook.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hook.address = f"http://127.0.0.1:{server.server_port}/hook?key=Secret-Key"
    yield hook
    server.shutdown()
    server.server_close()


def _failing(steps: Any) -> None:
    steps.refused = [SimpleNamespace(file="marac/2018-09-01/Secret Name.csv", reason="no header")]
    steps.failing_checks = [
        SimpleNamespace(
            check_id="rows_per_month", subject="f", description="", severity="critical",
            status="failed", observed="3", expected="10",
        )
    ]  # fmt: skip


def _hook_problems(folder: DataFolder) -> list[str]:
    lines = (folder.logs / "night.jsonl").read_text().splitlines()
    said = [json.loads(line) for line in lines]
    return [line["problem"] for line in said if line["event"] == "failure hook"]


def test_a_webhook_is_told_in_json_of_a_failed_night_and_of_no_other(
    csp: Csp, steps: Any, folder: DataFolder, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", webhook.address)
    assert csp("nightly").exit_code == 0
    assert webhook.bodies == []
    _failing(steps)
    assert csp("nightly", "--force").exit_code == 3
    [(kind, body)] = webhook.bodies
    assert kind == "application/json"
    assert body["critical_checks"] == ["rows_per_month"]
    assert (body["outcome"], body["exit_code"], body["failed_step"]) == (
        "checks_failed", 3, "check_marts",
    )  # fmt: skip
    assert body["files_refused"] == 1
    assert "Secret" not in json.dumps(body)
    assert _hook_problems(folder) == []


@pytest.mark.parametrize(
    ("status", "seconds", "problem"),
    [(500, 0.0, "HTTP 500"), (404, 0.0, "HTTP 404"), (200, 3.0, "no whole answer after 1 s")],
    ids=["an error", "an unknown address", "no answer in time"],
)
def test_a_webhook_that_fails_leaves_the_nights_own_result(
    csp: Csp, steps: Any, folder: DataFolder, webhook: Webhook, monkeypatch: pytest.MonkeyPatch,
    status: int, seconds: float, problem: str,
) -> None:  # fmt: skip
    webhook.status, webhook.seconds = status, seconds
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", webhook.address)
    monkeypatch.setenv("CSP_FAILURE_TIMEOUT_SECONDS", "1")
    _failing(steps)
    done = csp("nightly")
    assert done.exit_code == 3
    assert "rows_per_month" in done.output
    assert _hook_problems(folder) == [f"failure webhook: {problem}"]
    assert "Secret-Key" not in (folder.logs / "night.jsonl").read_text() + done.output


def test_a_webhook_that_nobody_answers_leaves_the_nights_own_result(
    csp: Csp, steps: Any, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", "http://127.0.0.1:9/hook")
    steps.errors["build"] = RuntimeError("Secret words of a library")
    done = csp("nightly")
    assert done.exit_code == 1
    assert "Secret" not in done.output
    [problem] = _hook_problems(folder)
    assert problem.startswith("failure webhook: ")


@pytest.mark.parametrize(
    ("command", "problem"),
    [("sh -c 'exit 7'", "exit code 7"), ("sleep 5", "no end after 1 s"),
     ("/no/such/program", "No such file or directory")],
)  # fmt: skip
def test_a_command_that_fails_leaves_the_nights_own_result(
    csp: Csp, steps: Any, folder: DataFolder, monkeypatch: pytest.MonkeyPatch,
    command: str, problem: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("CSP_FAILURE_COMMAND", command)
    monkeypatch.setenv("CSP_FAILURE_TIMEOUT_SECONDS", "1")
    _failing(steps)
    assert csp("nightly").exit_code == 3
    assert _hook_problems(folder) == [f"failure command: {problem}"]


def test_both_hooks_are_told(
    csp: Csp, steps: Any, tmp_path: Path, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told.json"
    webhook.status = 500
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", webhook.address)
    monkeypatch.setenv("CSP_FAILURE_COMMAND", f"sh -c 'cat > {told}'")
    _failing(steps)
    assert csp("nightly").exit_code == 3
    assert json.loads(told.read_text()) == webhook.bodies[0][1]


@pytest.fixture
def raw_server() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Start a server that answers as the test says, byte by byte; yields how to do so."""
    listening = socket.create_server(("127.0.0.1", 0))

    def start(answer: Callable[[socket.socket], None]) -> str:
        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    answer(connection)
                    # closed with words unread, it would be reset before the answer is read
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(65536):
                        pass

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/hook"

    yield start
    listening.close()


@pytest.mark.parametrize(
    "answer",
    [b"SSH-2.0-OpenSSH_9.2p1\r\n", b"\x16\x03\x01\x02\x00", b"HTTP/1.1 abc\r\n\r\n",
     b"HTTP/1.1 200 OK\r\n" + b"x" * 70000],
    ids=["SSH", "TLS", "no status", "endless line"],
)  # fmt: skip
def test_an_address_that_answers_no_http_leaves_a_line_and_the_nights_own_result(
    csp: Csp, steps: Any, folder: DataFolder, raw_server: Any, monkeypatch: pytest.MonkeyPatch,
    answer: bytes,
) -> None:  # fmt: skip
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", raw_server(lambda to: to.sendall(answer)))
    _failing(steps)
    done = csp("nightly")
    assert done.exit_code == 3, done.output
    [problem] = _hook_problems(folder)
    assert problem.startswith("failure webhook: ")
    assert "not HTTP" in problem


def test_the_time_limit_is_for_the_whole_answer(
    csp: Csp, steps: Any, folder: DataFolder, raw_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte every third of a second: each read is in time, and all of it would take a minute."""

    def drip(to: socket.socket) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" * 10:
            to.sendall(bytes([byte]))
            time.sleep(0.3)

    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", raw_server(drip))
    monkeypatch.setenv("CSP_FAILURE_TIMEOUT_SECONDS", "1")
    _failing(steps)
    began = time.monotonic()
    assert csp("nightly").exit_code == 3
    assert time.monotonic() - began < 8
    assert _hook_problems(folder) == ["failure webhook: no whole answer after 1 s"]


def test_a_load_that_is_held_back_is_told_once(
    csp: Csp, steps: Any, folder: DataFolder, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", webhook.address)
    steps.loads = 2
    steps.held_back = [held_back_load()]
    assert csp("nightly").exit_code == 0
    [(_, body)] = webhook.bodies
    assert (body["outcome"], body["exit_code"]) == ("published", 0)
    assert body["held_back"] == [
        {
            "file": "partner_returns/2017-11-08/dudley.csv",
            "checks": ["source.partner_returns.rejected_share"],
            "next_step": "Ask the partner for a corrected return.",
        }
    ]
    # the next run holds the same load back: nobody is told again
    write_held_back(folder, steps.held_back)
    assert csp("nightly", "--force").exit_code == 0
    assert len(webhook.bodies) == 1


def test_a_quarantined_file_is_told_although_the_run_published(
    csp: Csp, steps: Any, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_FAILURE_WEBHOOK", webhook.address)
    steps.refused = [SimpleNamespace(file="police_uk/2018-09-01/bad.csv", reason="no header")]
    assert csp("nightly").exit_code == 0
    assert webhook.bodies[0][1]["files_refused"] == 1
