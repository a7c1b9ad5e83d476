"""The `csp` command."""

from __future__ import annotations


def main() -> None:
    """Run `csp` (the console script)."""
    from flows.command.application import application
    from flows.night.end_guard import guard_this_process

    guard_this_process()
    application()
