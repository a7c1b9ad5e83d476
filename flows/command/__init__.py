"""The `csp` command."""

from __future__ import annotations

import gc


def main() -> None:
    """Run `csp` (the console script)."""
    from flows.command.application import application
    from flows.night.end_guard import guard_this_process

    guard_this_process()
    try:
        application()
    finally:
        # Python looks once more for garbage before it ends, through all that a run has imported:
        # 0.7 s, for which the person who started it would wait.
        gc.freeze()
