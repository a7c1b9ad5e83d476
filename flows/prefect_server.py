"""Prefect servers on localhost that outlive a Ctrl-C but not their starter.

Prefect can start a temporary server by itself, but leaves it in the terminal's process group:
Ctrl-C during a step then ends the server first, and the flow tries for 70 s to report to it. These
are in a session of their own, start while Prefect is being imported, and end as soon as the pipe to
their starter closes, which also happens when the starter is killed.

Run as `python -m flows.prefect_server PORT KIND`: `temporary` for one run, without services or a
page; `lasting` for `csp schedule`, with both. Who may use them: `flows.prefect_secret`.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from flows.child_process import end_with_starter
from flows.data_folder import CODE_ROOT, DataFolder
from flows.prefect_database import keep_database, needs_database, place_database
from flows.prefect_secret import CLIENT_VARIABLE, chosen_by_user, new_secret, server_variables

_SECONDS_TO_START = 120.0
_SECONDS_TO_STOP = 10.0


class ServerNotStartedError(RuntimeError):
    """No Prefect server answers; its own words are in `DIR/warehouse/logs/prefect.log`."""


def user_names_a_server() -> bool:
    """Say whether the user has a server or a profile of Prefect's."""
    return bool({"PREFECT_API_URL", "PREFECT_PROFILE"} & os.environ.keys())


@contextmanager
def temporary_server(folder: DataFolder) -> Iterator[Callable[[], None]]:
    """Start a server for this process; yields a function that waits until it answers.

    Where the user has named a server or a profile of Prefect's, none is started.
    """
    if user_names_a_server():
        yield lambda: None
        return
    port = free_port()
    secret = chosen_by_user() or new_secret()
    makes_database = needs_database(folder) and not place_database(folder)
    server = start_server(folder, port, secret, kind="temporary")
    before = os.environ.get(CLIENT_VARIABLE)
    os.environ["PREFECT_API_URL"] = address = api_address(port)
    os.environ[CLIENT_VARIABLE] = secret

    def wait_until_it_answers() -> None:
        wait_for_server(address, server, str(server_log(folder)))
        if makes_database:
            keep_database(folder)

    try:
        yield wait_until_it_answers
    finally:
        del os.environ["PREFECT_API_URL"]
        if before is None:
            del os.environ[CLIENT_VARIABLE]
        else:
            os.environ[CLIENT_VARIABLE] = before
        stop_server(server)


def start_server(
    folder: DataFolder, port: int, secret: str, *, kind: Literal["temporary", "lasting"]
) -> subprocess.Popen[bytes]:
    """Start a server on localhost, its words in the log of the folder; do not wait for it."""
    log = server_log(folder)
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as words:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", str(port), kind],
            env=os.environ | server_variables(port, secret),
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=CODE_ROOT,
            # its database is made by the server, with the server's own mode
            umask=0o077 if os.name != "nt" else -1,
        )


def api_address(port: int) -> str:
    """Return the address of the API of a server started here."""
    return f"http://127.0.0.1:{port}/api"


def server_log(folder: DataFolder) -> Path:
    """Name the file of the server's own words."""
    return folder.logs / "prefect.log"


def answers(address: str) -> bool:
    """Say whether a Prefect API answers at `address`."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def wait_for_server(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    """Wait until a started server answers.

    Raises `ServerNotStartedError` when it ends or is silent.
    """
    give_up = time.monotonic() + _SECONDS_TO_START
    while not answers(address):
        if server.poll() is not None:
            raise ServerNotStartedError(
                f"the Prefect server ended with exit code {server.returncode}. Next: read {log}"
            )
        if time.monotonic() > give_up:
            raise ServerNotStartedError(
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


def free_port() -> int:
    """Find a port of localhost that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _serve(port: int, kind: str) -> None:
    end_with_starter(lambda: os.kill(os.getpid(), signal.SIGTERM))
    if kind == "temporary":
        # It lives as long as one run: looking for garbage takes a tenth of its start.
        gc.disable()
        # What Prefect sets for the temporary server it starts itself, but for a last search for
        # garbage (PREFECT__SERVER_FINAL): 0.2 s for 2 of 190 MB.
        os.environ.update(PREFECT_UI_ENABLED="0", PREFECT__SERVER_EPHEMERAL="1")
    # Its page must name this server's address; the server itself asks no other one.
    os.environ.pop("PREFECT_API_URL", None)
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error" if kind == "temporary" else "warning",
        lifespan="on",
    )


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
