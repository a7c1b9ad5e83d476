"""How fetching ends where it cannot go on; every message says what to do next."""

from __future__ import annotations


class FetchFailedError(RuntimeError):
    """An archive could not be fetched; what is already in the inbox is as it was."""

    def __init__(self, message: str, *, next_step: str) -> None:
        super().__init__(message)
        self.next_step = next_step


class NotPublishedError(FetchFailedError):
    """The server does not have this archive (404 or 410)."""
