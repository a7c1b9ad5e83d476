"""Progress of long work, given to what listens (the terminal), without the steps knowing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step of a run has come.

    `subject` is what is worked on (a file or a model, never a record); `done` of `total` are files
    or models and tests (total 0: not counted); `rows` were loaded so far.
    """

    step: str
    subject: str = ""
    done: int = 0
    total: int = 0
    rows: int = 0


Listener = Callable[[Progress], None]

_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have `listener` called with every piece of progress in this process."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(step: str, subject: str = "", done: int = 0, total: int = 0, rows: int = 0) -> None:
    """Inform all listeners how far `step` has come."""
    for listener in _listeners:
        listener(Progress(step, subject, done, total, rows))
