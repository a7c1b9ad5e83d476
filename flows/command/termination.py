"""SIGTERM (of a service manager) and SIGHUP (of a closed terminal) end work as Ctrl-C does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TerminatedError(KeyboardInterrupt):
    """The process was asked to end. As an interrupt it unwinds everything that Ctrl-C unwinds."""


def _raise(number: int, frame: FrameType | None) -> None:
    raise TerminatedError(signal.Signals(number).name)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise `TerminatedError` in the main thread on SIGTERM or SIGHUP, where nobody ignores them.

    `nohup` ignores SIGHUP before the command starts, and that stays so.
    """
    before = {}
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            before[number] = signal.signal(number, _raise)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
