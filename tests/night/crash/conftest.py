"""Nights on a small inbox: one that stands, the news since, and what an undisturbed night made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PROJECT_ROOT, run_csp
from tests.night.crash.small_inbox import add_news, first_inbox


@pytest.fixture(scope="session")
def standing_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a publication and an inbox without news; copy it, never change it."""
    data = first_inbox(tmp_path_factory.mktemp("standing") / "data")
    completed(run_csp("nightly", "--data", str(data)))
    return data


@pytest.fixture(scope="session")
def undisturbed_hashes(
    standing_night: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Logical hash by table of a night on the news that nothing disturbed."""
    data = add_news(copied(standing_night, tmp_path_factory.mktemp("undisturbed") / "data"))
    completed(run_csp("nightly", "--data", str(data)))
    assert logical_hashes(data) != logical_hashes(standing_night)
    return logical_hashes(data)


@pytest.fixture
def news(standing_night: Path, tmp_path: Path) -> Path:
    """A data folder with a publication, and news in its inbox."""
    return add_news(copied(standing_night, tmp_path / "data"))


@pytest.fixture
def completes(undisturbed_hashes: dict[str, str]) -> Callable[[Path], None]:
    """The next night ends well, and with the figures of an undisturbed one."""

    def next_night(data: Path) -> None:
        completed(run_csp("nightly", "--data", str(data)))
        assert logical_hashes(data) == undisturbed_hashes
        assert "Nothing new" in run_csp("nightly", "--data", str(data)).stdout
        kept = sorted(path.name for path in (data / "published" / "versions").iterdir())
        assert all(name.count(".") == 0 for name in kept), f"half done: {kept}"
        temporary = [path for path in data.rglob("*.tmp") if "prefect" not in path.parts]
        assert temporary == []

    return next_night


def copied(data: Path, to: Path) -> Path:
    shutil.copytree(data, to, symlinks=True)
    return to


def completed(night: subprocess.CompletedProcess[str]) -> None:
    assert night.returncode == 0, night.stdout + night.stderr


def logical_hashes(data: Path) -> dict[str, str]:
    manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    return {name: table["logical_hash"] for name, table in manifest["tables"].items()}


def standing_files(data: Path) -> dict[str, str]:
    """Every file and link that readers of the current publication can reach: its hash or target."""
    published = data / "published"
    found = {}
    for path in [*published.iterdir(), *sorted((published / "current").resolve().rglob("*"))]:
        name = str(path.relative_to(published))
        if name.startswith(
            "."
        ):  # what a publication under way notes for itself; no reader opens it
            continue
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(found) > 10
    return found


def wait_until(true: Callable[[], bool], night: subprocess.Popen[str]) -> None:
    """Wait for something that a started night does; fail where it ends before."""
    while not true():
        assert night.poll() is None, night.communicate()
        time.sleep(0.05)


def start_csp(*arguments: str, module: str = "flows.command") -> subprocess.Popen[str]:
    """Start `csp` as its users do, with no settings from outside, and let it run."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSP_", "PREFECT_"))}
    environment["PYTHONPATH"] = str(PROJECT_ROOT)
    environment["COLUMNS"] = "100"
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        # a shell's background jobs ignore Ctrl-C, and so would what a test starts in one
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def faulty_csp(fault: str, nth: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `csp` with a fault built in, to its end."""
    process = start_csp(fault, str(nth), *arguments, module="tests.night.crash.faulty_night")
    out, err = process.communicate(timeout=600)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
