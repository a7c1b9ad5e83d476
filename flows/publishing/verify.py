"""Verify a publication from a process of its own: `python -m flows.publishing.verify FOLDER`.

The process that wrote a file still holds parts of it in memory and may read what never reached
the disk; a fresh one sees what a reader will see. Exit code 0 when the folder holds what its
manifest says, else 1 with one line per difference on standard error.

The database after the folder is the warehouse that the publication was made from, whose logical
hashes the manifest holds. Rows that are equal to its rows need no hash of their own, and neither do
those of a Parquet file that are equal to the table's: comparing takes a twentieth of the time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from flows.publishing.candidate import WAREHOUSE, duckdb_settings
from flows.publishing.contract import Mart, marts_of
from flows.publishing.failures import PublishFailedError
from flows.publishing.layout import DATABASE_FILE, PARQUET_FOLDER
from flows.publishing.logical_hash import logical_hash
from flows.publishing.manifest import Manifest, PublishedTable, read_manifest
from flows.publishing.row_fingerprint import row_fingerprint
from flows.sql_text import identifier, literal

_CATALOG = "published"


def differences(folder: Path, warehouse: Path | None = None) -> list[str]:
    """Compare a publication folder with its manifest; an empty list means that all is well."""
    try:
        manifest = read_manifest(folder)
        connection = duckdb.connect(config=duckdb_settings(warehouse or folder / DATABASE_FILE))
        try:
            database = literal(folder / DATABASE_FILE)
            connection.execute(f"attach {database} as {_CATALOG} (read_only)")
            if warehouse is not None:
                connection.execute(f"attach {literal(warehouse)} as {WAREHOUSE} (read_only)")
            in_tables, right = _in_tables(connection, manifest, WAREHOUSE if warehouse else None)
            return [
                *_in_storage(connection, manifest),
                *in_tables,
                *_in_parquet(connection, manifest, folder / PARQUET_FOLDER, right),
            ]
        finally:
            connection.close()
    except (PublishFailedError, duckdb.Error, OSError) as error:
        return [str(error)]


def _in_storage(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> list[str]:
    found = connection.execute(
        "select tags['storage_version'] from duckdb_databases() "
        f"where database_name = {literal(_CATALOG)}"
    ).fetchone()
    # DuckDB writes `v1.2.0+`: this version and every later one can read the file.
    version = str(found[0]).removesuffix("+") if found else "none"
    if version == manifest.storage_version:
        return []
    return [f"{DATABASE_FILE}: expected storage {manifest.storage_version}, found {version}"]


def _in_tables(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, made_from: str | None
) -> tuple[list[str], set[str]]:
    """Return what differs in the database, and the names of the tables in which nothing does."""
    marts = {mart.name: mart for mart in marts_of(connection, _CATALOG)}
    named = {table.name for table in manifest.tables}
    found = [f"table {name}: not in the manifest" for name in sorted(marts.keys() - named)]
    right = set()
    for table in manifest.tables:
        mart = marts.get(table.name)
        if mart is None:
            found.append(f"table {table.name}: in the manifest, not in the database")
            continue
        differing = _in_description(table, mart) or _in_rows(
            connection,
            f"table {table.name}",
            _relation(_CATALOG, table),
            table,
            equal_to=_relation(made_from, table) if made_from else None,
        )
        found += differing
        if not differing:
            right.add(table.name)
    return found, right


def _relation(catalog: str, table: PublishedTable) -> str:
    return f"{catalog}.main.{identifier(table.name)}"


def _in_description(table: PublishedTable, mart: Mart) -> list[str]:
    found = []
    if mart.comment != table.comment:
        found.append(f"table {table.name}: its comment is not the one in the manifest")
    if mart.columns != table.columns:
        found.append(
            f"table {table.name}: columns, types, NOT NULLs or comments are not those in the "
            f"manifest: {_first_unequal(mart, table)}"
        )
    return found


def _first_unequal(mart: Mart, table: PublishedTable) -> str:
    for here, there in zip(mart.columns, table.columns, strict=False):
        if here != there:
            return f"found {here}, expected {there}"
    return f"found {len(mart.columns)} columns, expected {len(table.columns)}"


def _in_rows(
    connection: duckdb.DuckDBPyConnection,
    what: str,
    relation: str,
    table: PublishedTable,
    equal_to: str | None,
) -> list[str]:
    columns = [(column.name, column.data_type) for column in table.columns]
    if equal_to is not None and _hold_the_same(connection, (relation, equal_to), table):
        return []
    rows, digest = logical_hash(connection, relation, columns)
    if rows != table.rows:
        return [f"{what}: expected {table.rows} rows, found {rows}"]
    if digest != table.logical_hash:
        return [f"{what}: expected logical hash {table.logical_hash}, found {digest}"]
    return []


def _hold_the_same(
    connection: duckdb.DuckDBPyConnection, relations: tuple[str, str], table: PublishedTable
) -> bool:
    names = [column.name for column in table.columns]
    here, there = (row_fingerprint(connection, relation, names) for relation in relations)
    return here == there


def _in_parquet(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, folder: Path, right: set[str]
) -> list[str]:
    here = {path.name for path in folder.glob("*")}
    named = {f"{table.name}.parquet" for table in manifest.tables}
    found = [f"parquet/{name}: not in the manifest" for name in sorted(here - named)]
    for table in manifest.tables:
        file = f"{table.name}.parquet"
        if file not in here:
            found.append(f"parquet/{file}: in the manifest, not in the folder")
            continue
        relation = f"read_parquet({literal(folder / file)})"
        described = connection.execute(f"describe select * from {relation}").fetchall()
        columns = [(str(row[0]), str(row[1])) for row in described]
        expected = [(column.name, column.data_type) for column in table.columns]
        if columns != expected:
            found.append(f"parquet/{file}: expected columns {expected}, found {columns}")
        else:
            found += _in_rows(
                connection,
                f"parquet/{file}",
                relation,
                table,
                equal_to=_relation(_CATALOG, table) if table.name in right else None,
            )
    return found


def main(arguments: Sequence[str]) -> int:
    """Verify the folder named in the arguments and return the exit code."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: python -m flows.publishing.verify FOLDER [WAREHOUSE]\n")
        return 2
    found = differences(*map(Path, arguments))
    for line in found:
        sys.stderr.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
