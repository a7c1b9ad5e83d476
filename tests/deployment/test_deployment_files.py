"""systemd takes the files of docs/deployment, and they name options that there are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import typer

from flows.command.application import application
from tests.conftest import PROJECT_ROOT
from tests.needs import needs_systemd

FOLDER = PROJECT_ROOT / "docs" / "deployment"
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])


@needs_systemd
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = tmp_path / "csp"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copies = []
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/csp/bin/csp", str(program))
        copies.append(tmp_path / unit.name)
        copies[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, copies)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def _commands() -> list[tuple[str, str, list[str]]]:
    """List file, command and options of every `csp` that the files of the folder call."""
    found = []
    for file in [*UNITS, FOLDER / "Containerfile", FOLDER / "index.md"]:
        text = file.read_text(encoding="utf-8").replace('", "', " ").replace('\\"', "")
        for name, options in re.findall(
            r"\bcsp(?:\.exe)?\s+([a-z-]+)((?:\s+--[a-z-]+)*)(?=[\s`\"\]]|$)", text
        ):
            if name in _known():
                found.append((file.name, name, options.split()))
    return found


def _known() -> dict[str, click.Command]:
    group = typer.main.get_command(application)
    assert hasattr(group, "commands")
    return dict(group.commands)


def test_their_commands_and_options_are_those_of_the_program() -> None:
    commands = _commands()
    called = {name for _, name, _ in commands}
    assert {"schedule", "nightly", "status"} <= called
    for file, name, options in commands:
        known = {option for parameter in _known()[name].params for option in parameter.opts}
        assert set(options) <= known, file
    assert ("Containerfile", "status", ["--check-schedule"]) in commands
    assert ("index.md", "nightly", ["--data"]) in commands


def test_each_file_is_in_the_page() -> None:
    page = (FOLDER / "index.md").read_text(encoding="utf-8")
    for file in FOLDER.iterdir():
        assert file.name == "index.md" or f"<{file.name}>" in page


@needs_systemd
def test_the_timer_is_due_when_the_schedule_is() -> None:
    """Both at 2 o'clock in Britain, whatever the clock of the machine is set to."""
    from datetime import UTC, datetime

    from flows.scheduling.due_times import next_due
    from flows.settings import Settings

    timer = (FOLDER / "csp-nightly.timer").read_text(encoding="utf-8")
    expression = re.search(r"^OnCalendar=(.+)$", timer, re.MULTILINE)
    assert expression is not None
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-07-01 12:00:00 UTC", expression[1]],  # noqa: S607
        capture_output=True, text=True, check=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    due = next_due(
        Settings().schedule_cron, Settings().schedule_timezone, datetime(2026, 7, 1, 12, tzinfo=UTC)
    )
    assert f"{due:%Y-%m-%d %H:%M:%S}" in done.stdout, done.stdout


def test_the_services_stop_only_the_program_and_wait_for_a_run() -> None:
    """A SIGTERM to each process of the service would interrupt a run instead of letting it end."""
    for unit in FOLDER.glob("csp-[sn]*.service"):
        text = unit.read_text(encoding="utf-8")
        assert "KillMode=mixed" in text
        assert "UMask=0077" in text


def test_the_image_is_built_in_a_format_that_keeps_its_health_check() -> None:
    text = (FOLDER / "Containerfile").read_text(encoding="utf-8")
    assert "HEALTHCHECK" in text
    for file in (text, (FOLDER / "index.md").read_text(encoding="utf-8")):
        builds = re.findall(r"(?:podman|buildah) (?:build|bud)\b[^\n]*", file)
        assert [one for one in builds if "--format docker" not in one] == []
    assert "podman build --format docker" in text
