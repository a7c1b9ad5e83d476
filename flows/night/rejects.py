"""Counts of rejected rows by file, column and reason, from the landing's private reject files."""

from __future__ import annotations

from flows.data_folder import DataFolder
from flows.night.summary import RejectedRows


def count_rejects(folder: DataFolder, load_ids: list[str]) -> list[RejectedRows]:
    """Count the rejects of these loads; `raw_text` (record content) is never read."""
    import duckdb

    files = [folder.landing / "rejects" / f"{load_id}.parquet" for load_id in load_ids]
    present = [str(file) for file in files if file.is_file()]
    if not present:
        return []
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            """
            select file, coalesce(column_name, ''), reason, count(*), min(line)
            from read_parquet(?)
            group by file, column_name, reason
            order by file, count(*) desc, column_name, reason
            """,
            [present],
        ).fetchall()
    return [
        RejectedRows(file=file, column=column, reason=reason, rows=rows_left_out, first_line=line)
        for file, column, reason, rows_left_out, line in rows
    ]
