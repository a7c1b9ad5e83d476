"""dbt-duckdb plugin: gives every model the rule of withholding as a SQL function.

profiles.yml names this folder in `module_paths` and this module in `plugins`.
"""

from __future__ import annotations

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from register_withholding import register_withholding


class Plugin(BasePlugin):
    """Registers `open_boundaries` once, when dbt opens the database."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Register the function; dbt's cursors share it with the connection."""
        register_withholding(conn)
