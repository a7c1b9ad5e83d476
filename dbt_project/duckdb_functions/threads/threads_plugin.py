"""dbt-duckdb plugin: has DuckDB work with one thread where little has landed.

profiles.yml names this folder in `module_paths` and this module in `plugins`.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from threads_for_landing import threads_for_landing


class Plugin(BasePlugin):
    """Sets the number of threads once, when dbt opens the database."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Set it for the whole of DuckDB: dbt's cursors share it with the connection."""
        threads = threads_for_landing(conn, Path(os.environ["CSP_LANDING"]))
        if threads is not None:
            conn.execute(f"set threads = {threads}")
