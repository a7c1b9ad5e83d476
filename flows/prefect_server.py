"""A Prefect server for one run, on localhost, that outlives a Ctrl-C but not its starter.

Prefect can start a temporary server by itself, but leaves it in the terminal's process group:
Ctrl-C during a step then ends the server first, and the flow tries for 70 s to tell it so. This
one is in a session of its own, starts while Prefect is being imported, and ends as soon as the
pipe to its starter closes, which also happens when the starter is killed.

Run as `python -m flows.prefect_server PORT` by `temporary_server`. With `start` and its options in
place of a port it is `prefect server start`, which ends with its starter too: for `csp schedule`.
"""

from __future__ import annotations

import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.data_folder import PROJECT_ROOT, DataFolder

_SECONDS_TO_START = 120.0
_SECONDS_TO_STOP = 10.0


class ServerNotStarted(RuntimeError):  # said as people say it
    """No Prefect server answers; its own words are in `DIR/warehouse/logs/prefect.log`."""


@contextmanager
def temporary_server(folder: DataFolder) -> Iterator[Callable[[], None]]:
    """Start a server for this process; yields a function that waits until it answers.

    Where the user has named a server or a profile of Prefect's, none is started.
    """
    if {"PREFECT_API_URL", "PREFECT_PROFILE"} & os.environ.keys():
        yield lambda: None
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    log = folder.logs / "prefect.log"
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as words:
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", str(port)],
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=PROJECT_ROOT,
            # its database is made by the server, with the server's own mode
            umask=0o077,
        )
    os.environ["PREFECT_API_URL"] = address
    try:
        yield lambda: wait_for_server(address, server, str(log))
    finally:
        del os.environ["PREFECT_API_URL"]
        stop_server(server)


def answers(address: str) -> bool:
    """Tell whether a Prefect API answers at `address`."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def wait_for_server(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    """Wait until a started server answers. Raises `ServerNotStarted` when it ends or is silent."""
    give_up = time.monotonic() + _SECONDS_TO_START
    while not answers(address):
        if server.poll() is not None:
            raise ServerNotStarted(
                f"the Prefect server ended with exit code {server.returncode}. Next: read {log}"
            )
        if time.monotonic() > give_up:
            raise ServerNotStarted(
                f"no Prefect server at {address} after {_SECONDS_TO_START:.0f} s. Next: read {log}"
            )
        time.sleep(0.05)


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """End a server that was started here."""
    server.terminate()
    try:
        server.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdin is not None:
        server.stdin.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _end_with_starter() -> None:
    while os.read(0, 1):  # not Python's buffer, whose lock a waiting thread would hold at exit
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(port: int) -> None:
    # The same that Prefect sets for the temporary server it starts itself.
    os.environ.update(
        PREFECT_UI_ENABLED="0", PREFECT__SERVER_EPHEMERAL="1", PREFECT__SERVER_FINAL="1"
    )
    os.environ.pop("PREFECT_API_URL", None)
    threading.Thread(target=_end_with_starter, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


def _serve_as_prefect_does(options: list[str]) -> None:
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = ["prefect", "server", "start", *options]
    runpy.run_module("prefect", run_name="__main__")


if __name__ == "__main__":
    if sys.argv[1] == "start":
        _serve_as_prefect_does(sys.argv[2:])
    else:
        _serve(int(sys.argv[1]))
