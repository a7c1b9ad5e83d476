"""The Parquet files of the landing: data, rejects and profiles, one of each per load."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.data_folder import DataFolder
from flows.landing.ledger.profiles import PROFILE_SCHEMA, profile_of
from flows.landing.reader import Reader, Reading
from flows.landing.sources import SOURCES
from flows.landing.tables.text import Reject
from flows.landing.tables.typed_values import LANDED_TYPE
from flows.private_files import (
    TEMPORARY_SUFFIX,
    private_folder,
    private_writer,
    sync_file,
    temporary_beside,
    write_privately,
)

REJECT_SCHEMA = pa.schema(
    [
        ("_load_id", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("reason", pa.string()),
        ("raw_text", pa.string()),
    ]
)
_SCHEMA_FILE = "_schema.parquet"


COUNTS_ARCHIVE = "counts_archive"
ARCHIVE_SCHEMA = pa.schema(
    [
        ("load_id", pa.string()),
        ("source", pa.string()),
        ("dataset", pa.string()),
        ("scope", pa.string()),
        ("month", pa.date32()),
        ("area_code", pa.string()),
        ("indicator_id", pa.string()),
        ("records", pa.int64()),
    ]
)


def archive_path(folder: DataFolder, load_id: str) -> Path:
    """Name the file of the monthly counts that stay when a load's records are removed."""
    return folder.landing / COUNTS_ARCHIVE / f"{load_id}.parquet"


def is_archived(folder: DataFolder, load_id: str) -> bool:
    """Say whether a load's counts are kept for ever: its records need not be there."""
    return archive_path(folder, load_id).exists()


def landed_schema(reader: Reader) -> pa.Schema:
    """Give the columns of a dataset: the contract's, the reader's own, and where a row is from."""
    fields = [(column.name, LANDED_TYPE[column.kind]) for column in reader.landed_columns()]
    fields += [(name, pa.string()) for name in reader.extra_columns]
    return pa.schema([*fields, ("_load_id", pa.string()), ("_row_number", pa.int64())])


@dataclass(frozen=True, slots=True)
class StagedFiles:
    """Files of one load that are on the disk under temporary names."""

    moves: tuple[tuple[Path, Path], ...]

    @property
    def data(self) -> Path:
        """The temporary file of the load's rows."""
        return self.moves[0][0]

    def sync(self) -> None:
        """Put the bytes of the temporary files on the disk."""
        for temporary, _ in self.moves:
            sync_file(temporary)

    def publish(self) -> set[Path]:
        """Give the files their final names; returns the folders to be synced."""
        for temporary, final in self.moves:
            temporary.replace(final)
        return {final.parent for _, final in self.moves}

    def discard(self) -> None:
        """Remove the temporary files: the load is not to be."""
        for temporary, _ in self.moves:
            temporary.unlink(missing_ok=True)


def stage(
    folder: DataFolder, reader: Reader, reading: Reading, load_id: str, source: str, file: str
) -> StagedFiles:
    """Write a load's rows, profile and rejects (if any) under temporary names, not yet synced."""
    table = reading.table
    constant = pa.DictionaryArray.from_arrays(
        pa.nulls(table.num_rows, pa.int32()).fill_null(0), pa.array([load_id])
    )
    table = table.add_column(table.num_columns - 1, "_load_id", constant)
    parts = [
        (reader.dataset, table),
        ("profiles", profile_of(reading, reader, load_id, source, file)),
    ]
    if reading.rejects:
        parts.append(("rejects", _reject_table(load_id, file, reading.rejects)))
    moves: list[tuple[Path, Path]] = []
    try:
        for kind, part in parts:
            final = private_folder(folder.landing / kind) / f"{load_id}.parquet"
            temporary = temporary_beside(final)
            moves.append((temporary, final))
            with private_writer(temporary, synced=False) as stream:
                _write_parquet(part, stream)
    except BaseException:
        StagedFiles(tuple(moves)).discard()
        raise
    return StagedFiles(tuple(moves))


def _write_parquet(table: pa.Table, stream: object) -> None:
    # Without Arrow's own schema a dictionary column is plain text to every reader.
    # Columns of nearly unique values gain nothing from a dictionary, and building one costs the
    # most. Least and greatest values are kept where queries leave out whole files by them.
    worth = [
        field.name
        for field in table.schema
        if pa.types.is_dictionary(field.type) or pa.types.is_date(field.type)
    ]
    kept = [
        field.name
        for field in table.schema
        if field.name == "_load_id" or pa.types.is_date(field.type)
    ]
    pq.write_table(
        table,
        stream,
        compression="zstd",
        compression_level=1,
        use_dictionary=worth,
        write_statistics=kept,
        store_schema=False,
    )


def _reject_table(load_id: str, file: str, rejects: list[Reject]) -> pa.Table:
    columns = [
        [load_id] * len(rejects),
        [file] * len(rejects),
        [reject.line for reject in rejects],
        [reject.column for reject in rejects],
        [reject.reason for reject in rejects],
        [reject.raw_text for reject in rejects],
    ]
    arrays = [pa.array(c, f.type) for c, f in zip(columns, REJECT_SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=REJECT_SCHEMA)


def write_schema_files(folder: DataFolder) -> None:
    """Write each dataset's `_schema.parquet` (no rows), so that a glob always finds a file."""
    schemas = {
        "rejects": REJECT_SCHEMA,
        "profiles": PROFILE_SCHEMA,
        COUNTS_ARCHIVE: ARCHIVE_SCHEMA,
    }
    for name in sorted(SOURCES):
        for reader in SOURCES[name].readers:
            schemas[reader.dataset] = landed_schema(reader)
    for kind, schema in schemas.items():
        path = private_folder(folder.landing / kind) / _SCHEMA_FILE
        write_where_it_differs(path, _without_rows(schema))


@cache
def _without_rows(schema: pa.Schema) -> bytes:
    return parquet_bytes(schema.empty_table())


def write_table(path: Path, table: pa.Table) -> None:
    """Write a small Parquet file (0600) in one step, unless it is there with the same bytes."""
    write_where_it_differs(path, parquet_bytes(table))


def parquet_bytes(table: pa.Table) -> bytes:
    """Give the content of a Parquet file as landing writes it."""
    sink = pa.BufferOutputStream()
    _write_parquet(table, sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def write_where_it_differs(path: Path, content: bytes) -> None:
    """Write a file (0600) in one step, unless it is there with the same bytes."""
    if not path.exists() or path.read_bytes() != content:
        write_privately(path, content)


def clean_orphans(folder: DataFolder) -> set[str]:
    """Remove what an interrupted landing left, and records that have lost their rows.

    Parquet, deliveries and rejects without a record do not exist, and temporary files never
    did. A record whose Parquet is gone would count as months with zero crimes: it is removed
    too, so that its file is read again, unless its counts are in the archive: then its records
    were removed on purpose. Returns the ids of the loads that stand.
    """
    landing = folder.landing
    if not landing.is_dir():
        return set()
    for temporary in landing.glob(f"*/.*{TEMPORARY_SUFFIX}"):
        temporary.unlink(missing_ok=True)
    records = {path.name.removesuffix(".json") for path in landing.glob("loads/[!.]*.json")}
    with_rows = {
        path.name.removesuffix(".parquet")
        for name in SOURCES
        for reader in SOURCES[name].readers
        for path in landing.glob(f"{reader.dataset}/[!._]*.parquet")
    } | {
        path.name.removesuffix(".parquet")
        for path in landing.glob(f"{COUNTS_ARCHIVE}/[!._]*.parquet")
    }
    for load_id in records - with_rows:
        (landing / "loads" / f"{load_id}.json").unlink(missing_ok=True)
    standing = records & with_rows
    for path in landing.glob("*/[!._]*"):
        if path.parent.name in ("loads", "catalog"):
            continue
        if path.name.split(".", 1)[0] not in standing:
            path.unlink(missing_ok=True)
    return standing
