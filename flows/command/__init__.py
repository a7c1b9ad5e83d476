"""The `csp` command."""

from __future__ import annotations


def main() -> None:
    """Run `csp` (the console script)."""
    from flows.command.application import application

    application()
