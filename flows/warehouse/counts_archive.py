"""Monthly counts that outlive their records: written to the landing before record rows are removed.

A load's records may go once a newer extract covers all that it covers, or once their time is over.
What they counted stays: `landing/counts_archive/<load_id>.parquet` holds it by area, indicator and
month, and the warehouse takes it from there, so that an earlier vintage can still be rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from flows.data_folder import DataFolder
from flows.landing.ledger.landed_files import (
    ARCHIVE_SCHEMA,
    archive_path,
    is_archived,
    write_table,
)
from flows.landing.ledger.load_records import landed_path, read_records
from flows.private_files import private_folder, sync_folder
from flows.warehouse.due_records import MARAC_CASES

_COUNTS = """
select load_id, source, dataset, scope, month, area_code, indicator_id, records
from intermediate.int_counts_by_vintage
where load_id = ?
order by month, area_code, indicator_id
"""
_LIST = """
select load_id, 'marac', 'marac_cases', area_code, month, area_code, indicator_id, counted
from intermediate.int_marac__list_vintages
where load_id = ?
-- as it was last known before a newer list replaced it
qualify vintage_date = max(vintage_date) over (partition by area_code, month, indicator_id)
order by month, area_code, indicator_id
"""


class CountsMissingError(RuntimeError):
    """The warehouse has not counted a load yet: its records are still needed."""


def archive_counts(folder: DataFolder, load_ids: Iterable[str]) -> None:
    """Write the counts of loads from the warehouse to the landing's archive.

    Raises CountsMissingError for a load that has rows and that the last build has not counted; what
    is in the archive already stays as it is.
    """
    records = read_records(folder)
    wanted = [load_id for load_id in load_ids if not is_archived(folder, load_id)]
    if not wanted:
        return
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        for load_id in wanted:
            is_list = records[load_id].dataset == MARAC_CASES
            rows = connection.execute(_LIST if is_list else _COUNTS, [load_id]).fetchall()
            # a list can cover a month without a case
            if not rows and records[load_id].rows_loaded and not is_list:
                raise CountsMissingError(
                    f"{records[load_id].file}: expected its monthly counts in the warehouse, "
                    "found none. Next step: run csp nightly, then remove its records."
                )
            arrays = [
                pa.array([row[at] for row in rows], field.type)
                for at, field in enumerate(ARCHIVE_SCHEMA)
            ]
            path = archive_path(folder, load_id)
            private_folder(path.parent)
            write_table(path, pa.Table.from_arrays(arrays, schema=ARCHIVE_SCHEMA))
    sync_folder(archive_path(folder, wanted[0]).parent)


def remove_records(folder: DataFolder, load_ids: Iterable[str]) -> int:
    """Archive the counts of loads, then remove their record rows and rejects; returns the rows.

    The load record stays, so that the same bytes are not loaded again. Raises CountsMissingError
    before anything is removed.
    """
    chosen = list(load_ids)
    archive_counts(folder, chosen)
    records = read_records(folder)
    removed = 0
    for load_id in chosen:
        rows = landed_path(folder, records[load_id].dataset, load_id)
        if rows.exists():
            removed += records[load_id].rows_loaded
        rows.unlink(missing_ok=True)
        (folder.landing / "rejects" / f"{load_id}.parquet").unlink(missing_ok=True)
    return removed
