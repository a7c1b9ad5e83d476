"""The catalog: which loads count as at a date, and what they cover, as two Parquet files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

import pyarrow as pa

from flows.data_folder import DataFolder
from flows.landing.ledger.landed_files import (
    parquet_bytes,
    write_schema_files,
    write_table,
    write_where_it_differs,
)
from flows.landing.ledger.load_records import read_deliveries, read_records
from flows.landing.sources.rules.area_names import area_spellings, canonical_scope
from flows.private_files import private_folder

LOADS_SCHEMA = pa.schema(
    [
        ("load_id", pa.string()),
        ("source", pa.string()),
        ("dataset", pa.string()),
        ("file", pa.string()),
        ("extract_date", pa.date32()),
        ("scope", pa.string()),
        ("rows_read", pa.int64()),
        ("rows_loaded", pa.int64()),
        ("rows_rejected", pa.int64()),
        ("reader_version", pa.string()),
        ("is_synthetic", pa.bool_()),
    ]
)
SPELLINGS_SCHEMA = pa.schema([("spelling", pa.string()), ("area_code", pa.string())])
COVERAGE_SCHEMA = pa.schema(
    [
        ("load_id", pa.string()),
        ("source", pa.string()),
        ("dataset", pa.string()),
        ("extract_date", pa.date32()),
        ("scope", pa.string()),
        ("indicator_id", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
    ]
)


def write_catalog(
    folder: DataFolder,
    as_at: date | None = None,
    *,
    held_back: Collection[tuple[str, date]] = (),
) -> None:
    """Write `catalog/loads.parquet` and `catalog/coverage.parquet` from the load records.

    A load's extract date is that of its newest delivery on or before `as_at` (None: of all) that
    is not held back (load id and extract date); a load without one is left out. Rows are ordered,
    so equal landings give equal files.
    """
    effective: dict[str, tuple[date, str]] = {}
    for delivery in read_deliveries(folder):
        if as_at is not None and delivery.extract_date > as_at:
            continue
        if (delivery.load_id, delivery.extract_date) in held_back:
            continue
        known = effective.get(delivery.load_id)
        if known is None or delivery.extract_date > known[0]:
            effective[delivery.load_id] = (delivery.extract_date, delivery.file)
    loads: list[dict[str, object]] = []
    coverage: list[dict[str, object]] = []
    for load_id, record in sorted(read_records(folder).items()):
        if load_id not in effective:
            continue
        extract_date, file = effective[load_id]
        loads.append(
            {
                "load_id": load_id,
                "source": record.source,
                "dataset": record.dataset,
                "file": file,
                "extract_date": extract_date,
                "scope": record.scope,
                "rows_read": record.rows_read,
                "rows_loaded": record.rows_loaded,
                "rows_rejected": record.rows_rejected,
                "reader_version": record.reader_version,
                "is_synthetic": record.synthetic,
            }
        )
        covered = {
            # a file that spells one area in two ways covers it once
            replace(part, scope=canonical_scope(record.source, part.scope)): None
            for part in record.coverage
        }
        coverage.extend(
            {
                "load_id": load_id,
                "source": record.source,
                "dataset": record.dataset,
                "extract_date": extract_date,
                "scope": part.scope,
                "indicator_id": part.indicator_id,
                "period_start": part.period_start,
                "period_end": part.period_end,
            }
            for part in covered
        )
    target = private_folder(folder.landing / "catalog")
    write_table(target / "loads.parquet", pa.Table.from_pylist(loads, schema=LOADS_SCHEMA))
    write_table(target / "coverage.parquet", pa.Table.from_pylist(coverage, schema=COVERAGE_SCHEMA))
    write_where_it_differs(target / "area_spellings.parquet", _spellings_file())
    write_schema_files(folder)


@cache
def _spellings_file() -> bytes:
    spellings = sorted(area_spellings().items())
    names = [{"spelling": spelling, "area_code": code} for spelling, code in spellings]
    return parquet_bytes(pa.Table.from_pylist(names, schema=SPELLINGS_SCHEMA))
