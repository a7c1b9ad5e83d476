"""What ends a publication without touching the one that stands."""

from __future__ import annotations


class PublishFailedError(RuntimeError):
    """The candidate was not published; the last good publication still stands.

    The message names the table and column, what was expected and the next step. It never quotes
    a value of a row.
    """
