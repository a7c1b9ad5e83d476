"""The candidate: a copy of the marts in a file of its own, and the same tables as Parquet."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.landing.inbox.synthetic import LABEL
from flows.publishing.contract import marts_of
from flows.publishing.failures import PublishFailedError
from flows.publishing.keys import in_words, stated_keys
from flows.publishing.layout import DATABASE_FILE, PARQUET_FOLDER, remove_tree
from flows.publishing.logical_hash import logical_hash
from flows.publishing.manifest import Manifest, PublishedTable
from flows.publishing.row_fingerprint import Fingerprint, row_fingerprint
from flows.publishing.standing_tables import StandingTables
from flows.sql_text import identifier, literal

if TYPE_CHECKING:
    import duckdb

# Clients from DuckDB 1.2 on open this format; that of 2.0 is read by no 1.x client.
STORAGE_VERSION = "v1.2.0"
# dbt writes the catalogue's name into its views, so the file is attached under that name again.
WAREHOUSE = "warehouse"
CANDIDATE = "candidate"
# A run may use 1.5 GiB in all, Prefect and its server included; sorting the widest mart spills to
# disk above this.
MEMORY_LIMIT = "512MB"
# On a warehouse below this DuckDB takes as long with one thread as with two, and a third less of
# the processor, which draws the site meanwhile: 2.4 to 2.7 s for the sample (73 MB) and 2.8 to 3.2.
_BYTES_WORTH_THREADS = 200_000_000
_SPILL = "spill"
SYNTHETIC_COMMENT = f"{LABEL}, made by csp demo: no figure in it is real."


def duckdb_settings(read: Path) -> dict[str, Any]:
    """Give the settings of a DuckDB that works on all rows of a file."""
    return {
        "memory_limit": MEMORY_LIMIT,
        # Nothing is fetched at run time; Parquet is built in.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        **({"threads": 1} if read.stat().st_size < _BYTES_WORTH_THREADS else {}),
    }


@contextlib.contextmanager
def warehouse_and_candidate(database: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse read-only beside a new database file in the candidate's folder.

    The new file is whole, without a write-ahead log, once the context is left.
    """
    import duckdb

    if not database.is_file():
        raise PublishFailedError(
            f"{database}: expected the warehouse that dbt builds. Run `csp nightly`."
        )
    spill = folder / _SPILL
    connection = duckdb.connect(config={**duckdb_settings(database), "temp_directory": str(spill)})
    try:
        connection.execute(f"attach {literal(database)} as {WAREHOUSE} (read_only)")
        connection.execute(
            f"attach {literal(folder / DATABASE_FILE)} as {CANDIDATE} "
            f"(storage_version '{STORAGE_VERSION}')"
        )
        yield connection
        connection.execute(f"checkpoint {CANDIDATE}")
        connection.execute(f"detach {CANDIDATE}")
    finally:
        connection.close()
    if spill.is_dir():
        remove_tree(spill)


def described_tables(
    connection: duckdb.DuckDBPyConnection,
    standing: StandingTables | None = None,
    *,
    synthetic: bool = False,
) -> dict[PublishedTable, Fingerprint]:
    """Describe every mart of the warehouse as published, each with the fingerprint of its rows.

    The logical hash of a mart whose rows stand in the `standing` publication is taken from there.
    The comments of `synthetic` tables say so first, and a table with a key says it last.
    Raises `PublishFailedError` when a mart breaks its contract or there is none.
    """
    marts = marts_of(connection, WAREHOUSE)
    if not marts:
        raise PublishFailedError(
            "The warehouse holds no table fct_*, dim_* or rpt_* in schema main, so there is "
            "nothing to publish. Run `csp nightly` and look at what dbt reports."
        )
    keys = stated_keys()
    label = f"{SYNTHETIC_COMMENT} " if synthetic else ""
    found = {}
    for mart in marts:
        relation = f"{WAREHOUSE}.main.{identifier(mart.name)}"
        fingerprint = row_fingerprint(
            connection, relation, [name for name, _ in mart.typed_columns]
        )
        digest = standing.logical_hash_of(mart, fingerprint) if standing else None
        if digest is None:
            _, digest = logical_hash(connection, relation, mart.typed_columns)
        key = keys.get(mart.name, ())
        comment = f"{label}{mart.comment.strip()}{in_words(key)}"
        table = PublishedTable(mart.name, comment, fingerprint[0], digest, mart.columns, key)
        found[table] = fingerprint
    return found


def copy_marts(connection: duckdb.DuckDBPyConnection, tables: Iterable[PublishedTable]) -> None:
    """Copy the marts of the warehouse into the candidate.

    The copy holds what schema `main` holds, no more and no less: what may not be shown is
    withheld in the marts themselves. Rows lie in the order of the key, so that equal contents
    give equal scans.
    """
    # One transaction: each comment in one of its own would be a wait for the disk of its own.
    connection.execute("begin")
    for table in tables:
        _copy(connection, table)
    connection.execute("commit")


def write_parquet(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[PublishedTable, Fingerprint],
    folder: Path,
    manifest: Manifest,
    standing: StandingTables | None = None,
) -> None:
    """Write every table of the candidate as `parquet/<table>.parquet` (zstd), in the same order.

    The descriptions of table and columns, the key, and that a file is synthetic, stand in its
    metadata (`description`, `columns` and `key` as JSON, `synthetic`), which goes where the file
    goes. A file that the `standing` publication has already is taken from there.
    """
    label = f", synthetic: {literal(SYNTHETIC_COMMENT)}" if manifest.synthetic else ""
    target = folder / PARQUET_FOLDER
    target.mkdir()
    for table, fingerprint in tables.items():
        file = target / f"{table.name}.parquet"
        if standing and standing.give_parquet(table, fingerprint, file, manifest):
            continue
        columns = {column.name: column.comment for column in table.columns}
        described = json.dumps(columns, ensure_ascii=False)
        metadata = (
            f"description: {literal(table.comment)}, columns: {literal(described)}, "
            f"key: {literal(json.dumps(table.key))}{label}"
        )
        connection.execute(
            f"copy {CANDIDATE}.main.{identifier(table.name)} to {literal(file)} "
            f"(format parquet, compression zstd, kv_metadata {{{metadata}}})"
        )


def _copy(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    target = f"{CANDIDATE}.main.{identifier(table.name)}"
    columns = ", ".join(
        f"{identifier(column.name)} {column.data_type}{'' if column.nullable else ' not null'}"
        for column in table.columns
    )
    connection.execute(f"create table {target} ({columns})")
    names = [identifier(column.name) for column in table.columns]
    # A key leaves no two rows to choose between; without one, only all columns together do.
    order = [identifier(name) for name in table.key] or names
    connection.execute(
        f"insert into {target} select {', '.join(names)} "
        f"from {WAREHOUSE}.main.{identifier(table.name)} order by {', '.join(order)}"
    )
    connection.execute(f"comment on table {target} is {literal(table.comment)}")
    for column in table.columns:
        connection.execute(
            f"comment on column {target}.{identifier(column.name)} is {literal(column.comment)}"
        )
