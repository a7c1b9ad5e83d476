"""A Superset with settings of its own, and calls of its API."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Superset upgrades the database of its own settings first, which takes most of this.
SECONDS_TO_START = 300.0
USER = "analyst"


class Superset:
    """The API of a running Superset, with the rights of an administrator."""

    def __init__(self, address: str, password: str) -> None:
        self.address = address
        self._token = ""
        login = {"username": USER, "password": password, "provider": "db", "refresh": True}
        self._token = self.post("security/login", login)["access_token"]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", path, body)

    def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("PUT", path, body)

    def get(self, path: str) -> dict[str, Any]:
        return self._call("GET", path, None)

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        if body is not None:
            # Superset tries to read a body wherever its type is named, and finds none in a GET.
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(  # noqa: S310 - an address of this machine
            f"{self.address}/api/v1/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers=headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - as above
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            raise AssertionError(f"{method} {path}: {error.code} {said}") from None
        return found


@contextlib.contextmanager
def running_superset(environment: Path, folder: Path) -> Iterator[Superset]:
    """Start the Superset of an environment with settings in `folder`; it ends with the context."""
    password = secrets.token_urlsafe()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "superset_config.py"
    settings.write_text(
        f"SECRET_KEY = {secrets.token_urlsafe(42)!r}\n"
        f"SQLALCHEMY_DATABASE_URI = 'sqlite:///{folder / 'superset.db'}?check_same_thread=false'\n"
        "WTF_CSRF_ENABLED = False\n"
        "TALISMAN_ENABLED = False\n"
        "DATA_CACHE_CONFIG = {'CACHE_TYPE': 'SimpleCache', 'CACHE_KEY_PREFIX': 'data'}\n"
    )
    command = str(environment / ("Scripts" if os.name == "nt" else "bin") / "superset")
    variables = {
        **{name: text for name, text in os.environ.items() if not name.startswith("PYTHON")},
        "SUPERSET_CONFIG_PATH": str(settings),
        "SUPERSET_HOME": str(folder),
        "FLASK_APP": "superset.app:create_app()",
    }
    user = ["--username", USER, "--password", password, "--email", "analyst@example.org"]
    for step in (
        ["db", "upgrade"],
        ["fab", "create-admin", *user, "--firstname", "A", "--lastname", "B"],
        ["init"],
    ):
        done = subprocess.run(
            [command, *step], env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    log = folder / "server.log"
    with (
        log.open("w") as lines,
        subprocess.Popen(
            [command, "run", "-p", str(port)], env=variables, stdout=lines, stderr=lines
        ) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, log)
            yield Superset(address, password)
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health"):  # noqa: S310
            return
        time.sleep(0.5)
    raise AssertionError(f"Superset did not start:\n{log.read_text()}")
