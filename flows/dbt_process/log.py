"""The log of a build: a line per event that a person would read, as long as the disk has space."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, BinaryIO


def write_what_fits(lines: BinaryIO) -> Callable[[str], None]:
    """Give what writes to a log, and leaves out what a full disk has no space for.

    dbt writes from the threads in which it builds. One that its own log ended would never say what
    came of its model, and dbt would wait for it.
    """

    def write(text: str) -> None:
        with contextlib.suppress(OSError):
            lines.write(text.encode())

    return write


def write_events(write: Callable[[str], None]) -> Callable[[Any], None]:
    """Give what writes a line per event that a person would read.

    dbt's own log writes every statement as well, which takes a tenth of a build of the sample.
    """

    def write_event(event: Any) -> None:
        if event.info.level in {"info", "warn", "error"}:
            write(f"{event.info.ts.ToJsonString()} {event.info.level} {event.info.msg}\n")

    return write_event
