"""Retention: record-level rows go when their time is over, and the monthly counts stay.

Two settings say when: `retention_months` (rows older than so many months; none: age removes none)
and `keep_superseded_records` (false: records of an extract that newer ones replace go at once).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date

import duckdb

from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse.counts_archive import archive_counts, remove_records
from flows.warehouse.due_records import due_records


@dataclass(frozen=True, slots=True)
class Retention:
    """What one run removed: loads by why, and record-level rows in all."""

    superseded: int = 0
    expired: int = 0
    rows: int = 0

    def __str__(self) -> str:
        if not self.superseded + self.expired:
            return "no record-level rows were due to be removed"
        return (
            f"{self.rows} record-level rows removed: {self.superseded} loads replaced by newer "
            f"extracts, {self.expired} past their time; their monthly counts stay"
        )


def apply_retention(folder: DataFolder, settings: Settings, today: date) -> Retention:
    """Remove record-level rows that are due on `today`; call it after the build has counted them.

    They go from the landing, from the warehouse's own tables of records and with the warehouses
    of as-at runs, which such a run builds again. The caller holds the run's lock. Raises
    `CountsMissingError` before anything is removed where the warehouse has not counted a load.
    """
    due = due_records(folder, settings, today)
    if not due.load_ids:
        return Retention()
    archive_counts(folder, sorted(due.to_archive))
    rows = remove_records(folder, due.load_ids)
    forget_records(folder, due.load_ids)
    return Retention(superseded=len(due.superseded), expired=len(due.expired), rows=rows)


def forget_records(folder: DataFolder, load_ids: list[str]) -> None:
    """Remove the rows that models made of these loads' records, one by one, and as-at copies."""
    if folder.database.exists():
        _forget_in_warehouse(folder, load_ids)
    shutil.rmtree(folder.warehouse / "as_at", ignore_errors=True)
    shutil.rmtree(folder.internal, ignore_errors=True)


def _forget_in_warehouse(folder: DataFolder, load_ids: list[str]) -> None:
    with duckdb.connect(str(folder.database)) as connection:
        by_record = connection.execute(
            "select schema_name, table_name from duckdb_columns() "
            "join duckdb_tables() using (schema_name, table_name) "
            "where column_name in ('load_id', 'row_number') "
            "group by all having count(distinct column_name) = 2 order by all"
        ).fetchall()
        for schema, table in by_record:
            connection.execute(
                f'delete from "{schema}"."{table}" where list_contains(?, load_id)', [load_ids]
            )
        connection.execute("checkpoint")
