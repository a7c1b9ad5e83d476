"""A run that has ended ends its process, whatever its libraries still wait for.

Seen under a memory limit: the run was over and its history written, but a thread of Prefect's could
not be started, another waited for it, and the process stayed for ever. A service manager would
have waited with it, and every later run found the schedule taken.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import threading
from types import FrameType

# Prefect reports the end, its server stops within 10 s, the scorecard is printed.
SECONDS_TO_END = 180.0

_state = {"guarded": False}


def guard_this_process() -> None:
    """Allow `run_ended` to end this process; for one that does nothing after its run."""
    _state["guarded"] = True


def run_ended(exit_code: int, seconds: float | None = None) -> None:
    """Give a guarded process so long to end by itself; then it ends with `exit_code` (0 as 1).

    By a signal, which needs neither memory nor a thread; where Python itself hangs, by the
    interpreter's own watchdog, with exit code 1.
    """
    if not _state["guarded"] or os.name == "nt":
        return
    patience = SECONDS_TO_END if seconds is None else seconds

    def end(number: int, frame: FrameType | None) -> None:
        words = (
            f"csp: the run has ended, but its process has not within {patience:.0f} s and was "
            "ended. What the run did stands. Next: `csp status` shows how it ended\n"
        )
        with contextlib.suppress(OSError):
            os.write(2, words.encode())
        os._exit(exit_code or 1)

    with contextlib.suppress(RuntimeError, OSError, ValueError):
        faulthandler.dump_traceback_later(patience + 30, exit=True)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, patience)
