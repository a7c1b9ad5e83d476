"""The options of `dbt build`, as the process gets them, and what other commands of dbt take."""

from __future__ import annotations

from pathlib import Path

# It comes after what every command knows, and before which nodes are built.
_LAST = "--exclude-resource-type"


def folder_of(options: list[str], name: str) -> Path:
    """Give the folder that an option names."""
    return Path(options[options.index(name) + 1])


def of_every_command(options: list[str]) -> list[str]:
    """Leave out which nodes are built: it comes last, and not every command knows all of it."""
    return options[: options.index(_LAST)]


def selection(options: list[str]) -> list[str]:
    """Give which nodes are built, but for kinds of nodes, as every command knows it."""
    return options[options.index(_LAST) + 2 :]
