"""What every command shares: its consoles, its `--data` option and how it ends in an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from flows.data_folder import DataFolder
from flows.publishing import current_publication
from flows.reporting.supplier_text import escape
from flows.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from flows.publishing import Publication

STEP_FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130

NOT_THERE = "\N{EN DASH}"

AreaOption = Annotated[
    str,
    typer.Option("--area", metavar="CODE_OR_NAME", help="Name, E22 code or authority code."),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="CSP_DATA",
        metavar="DIR",
        help="Folder of raw, warehouse, published, quarantine and reports "
        "\\[default: data in the project].",
        show_default=False,
    ),
]


def console() -> Console:
    """Make the console for results; made at use, so that redirected output is seen as such."""
    return Console(highlight=False, soft_wrap=False)


def fail(message: str, exit_code: int, *, next_step: str = "") -> NoReturn:
    """Print an error, and what to do next, on standard error and end the command."""
    errors = Console(stderr=True, highlight=False)
    errors.print(f"[bold red]csp:[/] {escape(message)}", soft_wrap=True)
    if next_step:
        errors.print(f"Next: {escape(next_step)}", soft_wrap=True)
    raise typer.Exit(exit_code)


def settings_of(folder: DataFolder) -> Settings:
    """Read the settings of a folder; wrong ones end the command with exit code 2."""
    try:
        return load_settings(folder.root)
    except SettingsError as error:
        fail(f"settings cannot be used\n{error}", WRONG_USAGE, next_step="correct the value named")


def formats_asked(given: str, known: Sequence[str]) -> list[str]:
    """Split `--format html,docx`; a format that is not known ends the command with exit code 2."""
    wanted = [one.strip().lower() for one in given.split(",") if one.strip()]
    wrong = [one for one in wanted if one not in known] or ([] if wanted else [given])
    if wrong:
        fail(
            f"--format {wrong[0]}: there is no such format",
            WRONG_USAGE,
            next_step=f"give one or more of {', '.join(known)}",
        )
    return wanted


def current_or_fail(folder: DataFolder) -> Publication:
    """Return the current publication; where there is none, end the command with exit code 1."""
    current = current_publication(folder)
    if current is None:
        fail(f"nothing is published in {folder.published}", STEP_FAILED, next_step="`csp nightly`")
    return current
