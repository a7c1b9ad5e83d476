"""What commands that write files share: their options, and what they say of the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from flows.command.terminal import STEP_FAILED, console, fail


def formats_option(known: Sequence[str]) -> Any:
    """Make the option `--format` of a command that knows these formats."""
    return typer.Option("--format", help=f"One or more of {', '.join(known)}, with commas.")


def output_folder_option(default: str) -> Any:
    """Make the option `--output`; `default` says where files go without it."""
    return typer.Option(
        "--output",
        metavar="DIR",
        help=f"Folder to write to \\[default: {default} in the data folder].",
        show_default=False,
    )


@contextmanager
def failing_where_nothing_can_be_written(target: Path) -> Iterator[None]:
    """End the command with exit code 1 where a file below `target` cannot be written."""
    try:
        yield
    except OSError as error:
        fail(
            f"{error.filename or target} cannot be written ({error.strerror})",
            STEP_FAILED,
            next_step="name another folder with --output",
        )


def name_files(files: Sequence[Path]) -> None:
    """Print the files that were written, one a line."""
    for file in files:
        console().print(str(file), soft_wrap=True)
