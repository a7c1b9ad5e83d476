"""Progress of long work, given to what listens (the terminal), without the steps knowing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

# step, what is worked on (a file name, never a record), done, total (0: not known)
Listener = Callable[[str, str, int, int], None]

_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have `listener` called with every piece of progress in this process."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(step: str, subject: str = "", done: int = 0, total: int = 0) -> None:
    """Inform all listeners how far `step` has come."""
    for listener in _listeners:
        listener(step, subject, done, total)
