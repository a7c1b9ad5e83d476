from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from typer.testing import Result

COMMANDS = ["nightly", "status", "scorecard", "diff", "publish", "schedule"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_an_example_of_itself(csp: Callable[..., Result], command: str) -> None:
    shown = csp(command, "--help", data=None)
    assert shown.exit_code == 0
    assert "Examples" in shown.output
    assert f"csp {command}" in shown.output.split("Examples")[1]
    assert "CSP_DATA" in shown.output


def test_the_list_of_commands_is_complete_and_names_exit_codes(csp: Callable[..., Result]) -> None:
    shown = csp("--help", data=None)
    assert all(command in shown.output for command in COMMANDS)
    assert "3 a critical check of the publication failed" in " ".join(shown.output.split())


def test_the_version_is_that_of_the_package(csp: Callable[..., Result]) -> None:
    from importlib import metadata

    shown = csp("--version", data=None)
    assert shown.exit_code == 0
    assert shown.output.startswith(f"csp {metadata.version('community-safety-warehouse')} (Python")


def test_a_shell_can_complete_the_commands(csp: Callable[..., Result]) -> None:
    assert "--install-completion" in csp("--help", data=None).output
    done = subprocess.run(
        [sys.executable, "-c", "from flows.command import main; main()"],
        env={
            **os.environ,
            "_CSP_COMPLETE": "complete_bash",
            "COMP_WORDS": "csp sc",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert {"scorecard", "schedule"} <= set(done.stdout.split()), done.stderr
