"""The tables of the publication that stands: what of them holds the same rows as the marts do now.

What is equal is not calculated, sorted or written again. Equality is seen by reading both, never
taken from what was written down, so a damaged file is not taken over.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from flows.publishing.contract import Mart
from flows.publishing.failures import PublishFailedError
from flows.publishing.layout import DATABASE_FILE, PARQUET_FOLDER
from flows.publishing.manifest import Manifest, PublishedTable, read_manifest
from flows.publishing.row_fingerprint import Fingerprint, row_fingerprint
from flows.sql_text import identifier, literal

if TYPE_CHECKING:
    import duckdb

_CATALOG = "standing"


class StandingTables:
    """What may be taken over from one publication, opened for reading beside the warehouse."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._tables = {table.name: table for table in manifest.tables}
        self.manifest = manifest

    @classmethod
    def opened(cls, connection: duckdb.DuckDBPyConnection, folder: Path) -> StandingTables | None:
        """Open the publication in `folder`; None where it cannot be read, so nothing is equal."""
        import duckdb

        try:
            manifest = read_manifest(folder)
            database = literal(folder / DATABASE_FILE)
            connection.execute(f"attach {database} as {_CATALOG} (read_only)")
        except (PublishFailedError, duckdb.Error):
            return None
        return cls(connection, folder, manifest)

    def logical_hash_of(self, mart: Mart, fingerprint: Fingerprint) -> str | None:
        """Return the logical hash of a mart with this fingerprint, if its rows are published."""
        table = self._tables.get(mart.name)
        if table is None or _typed(table) != mart.typed_columns or table.rows != fingerprint[0]:
            return None
        here = self._fingerprint(f"{_CATALOG}.main.{identifier(table.name)}", table)
        return table.logical_hash if here == fingerprint else None

    def give_parquet(
        self, table: PublishedTable, fingerprint: Fingerprint, target: Path, like: Manifest
    ) -> bool:
        """Put the published Parquet file of an equal table at `target`, and say whether there is.

        It is the same file under a second name, which takes no space: published files are never
        written to. `like` is the manifest of the new publication: a file of another version of
        DuckDB or of the project is written again.
        """
        made_alike = (
            self.manifest.synthetic == like.synthetic
            and self.manifest.package_version == like.package_version
            and self.manifest.tools == like.tools
        )
        if not made_alike or self._tables.get(table.name) != table:
            return False
        file = self._folder / PARQUET_FOLDER / target.name
        if self._fingerprint(f"read_parquet({literal(file)})", table) != fingerprint:
            return False
        try:
            target.hardlink_to(file)
        except OSError:  # a file system without links
            shutil.copyfile(file, target)
        return True

    def _fingerprint(self, relation: str, table: PublishedTable) -> Fingerprint | None:
        import duckdb

        try:
            return row_fingerprint(
                self._connection, relation, [column.name for column in table.columns]
            )
        except duckdb.Error:  # damaged, or gone
            return None


def _typed(table: PublishedTable) -> list[tuple[str, str]]:
    return [(column.name, column.data_type) for column in table.columns]
