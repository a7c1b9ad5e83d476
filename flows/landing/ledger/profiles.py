"""Profiles: what each column of a load holds, in one row a month, for checks on sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.reader import Reader, Reading

PROFILE_SCHEMA = pa.schema(
    [
        ("_load_id", pa.string()),
        ("source", pa.string()),
        ("dataset", pa.string()),
        ("file", pa.string()),
        ("month", pa.string()),
        ("column_name", pa.string()),
        ("row_count", pa.int64()),
        ("null_count", pa.int64()),
        ("distinct_count", pa.int64()),
        ("min_text", pa.string()),
        ("max_text", pa.string()),
    ]
)


def profile_of(reading: Reading, reader: Reader, load_id: str, source: str, file: str) -> pa.Table:
    """Profile a load: one row per month and column, months by the reader's month column.

    A load without rows still has its covered months, with a row count of 0, so that a check can
    see that it is empty. A reader without a month column gives one group, with month ''.
    """
    rows = []
    for month, table in _by_month(reading, reader):
        for column in reader.landed_columns():
            array = table.column(column.name)
            least, most = _extremes(array)
            rows.append(
                {
                    "_load_id": load_id,
                    "source": source,
                    "dataset": reader.dataset,
                    "file": file,
                    "month": month,
                    "column_name": column.name,
                    "row_count": table.num_rows,
                    "null_count": array.null_count,
                    "distinct_count": _distinct(array),
                    "min_text": least,
                    "max_text": most,
                }
            )
    return pa.Table.from_pylist(rows, schema=PROFILE_SCHEMA)


def _by_month(reading: Reading, reader: Reader) -> Iterator[tuple[str, pa.Table]]:
    table = reading.table
    if reader.month_column is None:
        yield "", table
        return
    if not table.num_rows:
        for month in sorted({f"{part.period_start:%Y-%m}" for part in reading.coverage}):
            yield month, table
        return
    months: list[date | None] = pc.unique(
        pc.floor_temporal(table.column(reader.month_column), unit="month")
    ).to_pylist()
    if len(months) == 1:
        yield "" if months[0] is None else f"{months[0]:%Y-%m}", table
        return
    starts = pc.floor_temporal(table.column(reader.month_column), unit="month")
    for start in sorted(month for month in months if month is not None):
        yield f"{start:%Y-%m}", table.filter(pc.equal(starts, pa.scalar(start, starts.type)))
    if None in months:
        yield "", table.filter(pc.is_null(starts))


def _present_words(array: pa.ChunkedArray) -> pa.Array:
    """Give the different words of a dictionary column (those of rejected rows left out)."""
    whole = array.combine_chunks() if array.num_chunks != 1 else array.chunk(0)
    return whole.dictionary.take(pc.drop_null(pc.unique(whole.indices)))


def _distinct(array: pa.ChunkedArray) -> int:
    if not len(array):
        return 0
    if pa.types.is_dictionary(array.type):
        return int(pc.count_distinct(_present_words(array)).as_py())
    return int(pc.count_distinct(array, mode="only_valid").as_py())


def _extremes(array: pa.ChunkedArray) -> tuple[str | None, str | None]:
    if not len(array):
        return None, None
    values = _present_words(array) if pa.types.is_dictionary(array.type) else array
    found = pc.min_max(values).as_py()
    return _as_text(found["min"]), _as_text(found["max"])


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)
