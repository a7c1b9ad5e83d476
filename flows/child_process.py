"""Processes of this project's own modules: how one is run, and how one ends with its starter."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from flows.data_folder import CODE_ROOT


def run_module(module: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a module of the project to its end, its words kept.

    Raises `subprocess.TimeoutExpired` after so many seconds, when it has been ended.
    """
    path = os.pathsep.join(filter(None, (str(CODE_ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        # -P: a folder named `flows` where the user happens to stand is not this one.
        [sys.executable, "-P", "-m", module, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def end_with_starter(end: Callable[[], None]) -> None:
    """Call `end` from a thread once the pipe on standard input has closed."""

    def wait() -> None:
        while os.read(0, 1):  # not Python's buffer, whose lock a waiting thread would hold at exit
            pass
        end()

    threading.Thread(target=wait, daemon=True).start()
