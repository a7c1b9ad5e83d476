"""How a run fails, and which words of a failure may be shown."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from flows.data_folder import CODE_ROOT, PROJECT_ROOT

# The project's own errors are worded to name files, lines and columns, never a record's content.
_OWN_PACKAGES = ("flows.", "expectations.")

# What a network share answers for a moment while it is busy or reconnecting.
_PASSING = {errno.EAGAIN, errno.EBUSY, errno.EIO, errno.ESTALE, errno.ETIMEDOUT}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_MAKE_WRITABLE = ". Next: see that the user of the run may read and write there, and run it again"


class RunFailedError(Exception):
    """A run that ended without a publication; the last good one stands."""

    def __init__(self, step: str, message: str) -> None:
        self.step = step
        self.message = message
        super().__init__(f"{step}: {message}")


class StepFailedError(RunFailedError):
    """A step could not do its work (exit code 1).

    `passing`: the cause lies outside and may be gone in a moment, so that a retry makes sense.
    """

    def __init__(self, step: str, message: str, *, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(step, message)


class CriticalChecksFailedError(RunFailedError):
    """A critical check failed, so that nothing was published (exit code 3)."""


def may_pass(error: BaseException) -> bool:
    """Say whether an error comes from a file system that did not answer for a moment."""
    return isinstance(error, OSError) and error.errno in _PASSING


def shown_message(error: BaseException) -> str:
    """Word an error for terminal, log and Prefect.

    The message of a library's error can quote a cell ("could not convert 'Jane …'"), so only its
    type and the place in this project are named.
    """
    if type(error).__module__.startswith(_OWN_PACKAGES):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        words = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
        return words + (_MAKE_WRITABLE if error.errno in _NOT_ALLOWED else "")
    return f"{type(error).__name__} at {_place_of(error)} (its words are kept out of logs)"


def _place_of(error: BaseException) -> str:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        own = (CODE_ROOT / "flows", CODE_ROOT / "expectations", PROJECT_ROOT / "dbt_project")
        if any(file.is_relative_to(place) for place in own):
            return f"{file.relative_to(CODE_ROOT)}, line {frame.lineno}"
    return "a library"
