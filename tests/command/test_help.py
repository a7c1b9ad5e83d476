from __future__ import annotations

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
