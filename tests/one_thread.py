"""DuckDB with one thread in the processes of the tests, which share the cores already."""

from __future__ import annotations

import functools
from typing import Any

import duckdb


def connect_with_one_thread() -> None:
    """Open every database of this process with one thread, unless its opener says how many.

    What a test holds fits into one row group, which a second thread only waits for: that took an
    eighth of the suite's computing. Runs in processes of their own have all threads.
    """
    connect = duckdb.connect

    @functools.wraps(connect)
    def with_one_thread(
        database: Any = ":memory:",
        read_only: bool = False,
        config: dict[str, Any] | None = None,
        **named: Any,
    ) -> duckdb.DuckDBPyConnection:
        return connect(database, read_only, {"threads": 1} | (config or {}), **named)

    setattr(duckdb, "connect", with_one_thread)  # noqa: B010
