"""dbt-duckdb plugin: gives every model the statistics of this folder as SQL functions.

profiles.yml names this folder in `module_paths` and this module in `plugins`.
"""

from __future__ import annotations

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from register_statistics import register_statistics


class Plugin(BasePlugin):
    """Registers the statistics once, when dbt opens the database."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Register all statistics; dbt's cursors share them with the connection."""
        register_statistics(conn)
