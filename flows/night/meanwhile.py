"""Work that a run does beside its steps, since no figure waits for it: the pages of its checks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

# What the steps do in DuckDB ends a thousand times, and would wait so long each time for Python.
_SECONDS_BETWEEN_TURNS = 0.0002


class Meanwhile:
    """One thread, in which one piece of work follows another in the order of `begin`."""

    def __init__(self) -> None:
        sys.setswitchinterval(_SECONDS_BETWEEN_TURNS)
        self._thread = ThreadPoolExecutor(1, "meanwhile")
        self._begun: list[Future[None]] = []

    def begin(self, work: Callable[[], None]) -> None:
        """Have `work` done, without waiting for it."""
        self._begun.append(self._thread.submit(work))

    def wait(self) -> list[BaseException]:
        """Wait until all that was begun is done; give what it raised, which is given once."""
        begun, self._begun = self._begun, []
        return [raised for one in begun if (raised := one.exception()) is not None]
