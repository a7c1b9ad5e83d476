"""Does pieces of work in several processes, which end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any

# A process takes a second to begin, and some hundred MiB.
_PIECES_WORTH_PROCESSES = 8
_MOST_PROCESSES = 4

Piece = tuple[Callable[..., None], tuple[Any, ...]]


def processes_for(pieces: int) -> int:
    """Say by how many processes so many pieces are done: one for each core, or this one alone."""
    if pieces < _PIECES_WORTH_PROCESSES:
        return 1
    return min(_MOST_PROCESSES, os.cpu_count() or 1)


def run_side_by_side(pieces: Sequence[Piece], processes: int) -> None:
    """Do every piece, begun in the order given; with one process, in this one.

    Raises what a piece raises, or `BrokenProcessPool` where a process was killed.
    """
    if processes == 1:
        for do, arguments in pieces:
            do(*arguments)
        return
    # a copy of this process would share its threads' locks and DuckDB's files
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_end_with_starter
    ) as pool:
        try:
            for done in [pool.submit(do, *arguments) for do, arguments in pieces]:
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _end_with_starter() -> None:
    """End this process with the one that started it: the pool's queue would never say so."""
    starter = multiprocessing.parent_process()
    if starter is None:
        return

    def watch() -> None:
        wait([starter.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
