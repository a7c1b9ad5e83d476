"""The secret of Prefect's API: who has it, where it lies, and that a run's server asks for it."""

from __future__ import annotations

import base64
import os
import stat
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from flows import prefect_server
from flows.data_folder import DataFolder
from flows.prefect_environment import prepare_prefect
from flows.prefect_secret import kept_secret, new_secret, secret_file, server_variables


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_made_once_for_its_owner_only(folder: DataFolder) -> None:
    made = kept_secret(folder)
    assert kept_secret(folder) == made
    user, _, password = made.partition(":")
    assert user
    assert len(password) >= 32
    assert (_mode(secret_file(folder)), _mode(folder.prefect)) == (0o600, 0o700)
    assert new_secret() != new_secret()


def test_one_that_others_could_read_is_private_again_and_an_empty_one_is_made_anew(
    folder: DataFolder,
) -> None:
    made = kept_secret(folder)
    secret_file(folder).chmod(0o644)
    assert kept_secret(folder) == made
    assert _mode(secret_file(folder)) == 0o600
    secret_file(folder).write_text("")
    assert kept_secret(folder) not in ("", made)
    assert _mode(secret_file(folder)) == 0o600


def test_a_server_allows_no_page_but_its_own() -> None:
    variables = server_variables(4269, "csp:x")
    origins = variables["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"].split(",")
    assert origins == ["http://127.0.0.1:4269", "http://localhost:4269"]
    assert variables["PREFECT_UI_API_URL"] == "http://127.0.0.1:4269/api"


def test_what_an_earlier_version_left_readable_is_private_again(folder: DataFolder) -> None:
    folder.prefect.mkdir(parents=True)
    database = folder.prefect / "prefect.db"
    database.write_bytes(b"")
    database.chmod(0o644)
    with mock.patch.dict(os.environ):  # what is set here is taken back
        prepare_prefect(folder, quiet=True)
        assert os.environ["PREFECT_HOME"] == str(folder.prefect)
    assert _mode(database) == 0o600


def test_a_runs_own_server_has_a_secret_for_that_run(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.ensure()
    started: list[str] = []

    def start(folder: DataFolder, port: int, secret: str, kind: str) -> Any:
        started.append(secret)
        return SimpleNamespace(
            terminate=lambda: None, wait=lambda seconds=0: 0, stdin=None, kind=kind
        )

    monkeypatch.setattr(prefect_server, "start_server", start)
    for _ in range(2):
        with prefect_server.temporary_server(folder):
            assert os.environ["PREFECT_API_AUTH_STRING"] == started[-1]
        assert "PREFECT_API_AUTH_STRING" not in os.environ
    assert len(set(started)) == 2
    assert not secret_file(folder).exists()


@pytest.mark.slow
def test_the_real_server_of_a_run_answers_to_it_only(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.ensure()
    monkeypatch.setenv("PREFECT_HOME", str(folder.root / "home"))
    with prefect_server.temporary_server(folder) as wait_until_it_answers:
        wait_until_it_answers()
        address = os.environ["PREFECT_API_URL"]
        token = base64.b64encode(os.environ["PREFECT_API_AUTH_STRING"].encode()).decode()

        def ask(**headers: str) -> int:
            request = urllib.request.Request(  # noqa: S310  # an address of http
                f"{address}/flows/filter",
                data=b"{}",
                headers={"Content-Type": "application/json", **headers},
            )
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                    assert "access-control-allow-origin" not in answer.headers
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                return error.code

        assert ask() == 401
        assert ask(Authorization="Basic Y3NwOmd1ZXNz") == 401
        assert ask(Authorization=f"Basic {token}", Origin="http://evil.example") == 200
        assert _mode(folder.root / "home" / "prefect.db") == 0o600
