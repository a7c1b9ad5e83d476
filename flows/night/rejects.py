"""Counts of rejected rows by file, column and reason, from the landing's private reject files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flows.data_folder import DataFolder
from flows.night.summary import RejectedRows

if TYPE_CHECKING:
    from flows.landing.ledger.load_records import LoadRecord


def count_rejects(folder: DataFolder, loads: Iterable[LoadRecord]) -> list[RejectedRows]:
    """Count the rejects of these loads; `raw_text` (record content) is never read.

    Ordered by source, extract date and file, and within a file by the number of rows.
    """
    import duckdb

    by_id = {load.load_id: load for load in loads if load.rows_rejected}
    files = [folder.landing / "rejects" / f"{load_id}.parquet" for load_id in by_id]
    present = [str(file) for file in files if file.is_file()]
    if not present:
        return []
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            """
            select
                _load_id, coalesce(column_name, ''), arg_min(reason, line), count(*), min(line),
                -- rows that differ in nothing but the lines that their reasons name are one
                regexp_replace(reason, '(lines?|row) [0-9]+(, [0-9]+)*', '\\1', 'g') as alike
            from read_parquet(?)
            group by _load_id, column_name, alike
            order by count(*) desc, column_name, alike
            """,
            [present],
        ).fetchall()
    found = [
        RejectedRows(
            source=by_id[load_id].source,
            extract_date=by_id[load_id].extract_date.isoformat(),
            file=by_id[load_id].file,
            column=column,
            reason=reason,
            rows=rows_left_out,
            first_line=line,
        )
        for load_id, column, reason, rows_left_out, line, _ in rows
        if load_id in by_id
    ]
    return sorted(found, key=lambda one: (one.source, one.extract_date, one.file))
