"""A real `csp schedule`, as its users start it, and what its server says of runs."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT_ROOT


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """A running `csp schedule` on one data folder."""

    def __init__(self, data: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self.data, self.port, self.process, self.log = data, port, process, log

    @property
    def secret(self) -> str:
        return (self.data / "warehouse/prefect/api-secret").read_text().strip()

    def ask(
        self, path: str, body: Any = None, *, secret: str | None = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """Ask the API; return status, content and headers. `secret` "" asks without one."""
        request = urllib.request.Request(  # an address of http on this machine
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        known = self.secret if secret is None else secret
        if known:
            token = base64.b64encode(known.encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                text = answer.read()
                return answer.status, _json(text), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, _json(error.read()), dict(error.headers)

    def runs(self) -> list[dict[str, Any]]:
        return list(self.ask("/api/flow_runs/filter", {"limit": 200})[1])

    def words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def events(self) -> list[dict[str, Any]]:
        file = self.data / "warehouse/state/scheduled_runs.jsonl"
        if not file.exists():
            return []
        return [json.loads(line) for line in file.read_text().splitlines()]

    def server_pid(self) -> int:
        return next(
            pid for pid, words in children_of(self.process.pid) if "flows.prefect_server" in words
        )

    def wait_until(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        give_up = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError, ValueError, KeyError, StopIteration):
                if true():
                    return
            assert self.process.poll() is None, self.words()[-3000:]
            assert time.monotonic() < give_up, f"{what}\n{self.words()[-3000:]}"
            time.sleep(0.5)


def children_of(parent: int) -> Iterator[tuple[int, str]]:
    """Yield process id and command line of the children of a process."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[1]) == parent:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(entry.name), words


@contextlib.contextmanager
def csp_schedule(
    data: Path,
    cron: str,
    surroundings: Mapping[str, str] | None = None,
    *,
    failure_command: str = "",
) -> Iterator[Served]:
    """Start `csp schedule` with a port of its own; end it on leaving, however the test went."""
    port = free_port()
    hook = f'[failure]\ncommand = "{failure_command}"\n' if failure_command else ""
    (data / "csp.toml").write_text(
        f'home_areas = ["Dudley"]\n[schedule]\ncron = "{cron}"\nport = {port}\n{hook}'
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSP_", "PREFECT_"))}
    environment |= {"PYTHONPATH": str(PROJECT_ROOT), "COLUMNS": "150"}
    environment |= surroundings or {}
    log = data.parent / f"{data.name}.schedule.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.command", "schedule", "--data", str(data)],
            env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
    try:
        yield Served(data, port, process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(240)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode(errors="replace")
