"""The supply as views: every load and every delivery there is, in force or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import duckdb

from flows.checking.thin_months import attach_thin_months
from flows.data_folder import DataFolder
from flows.landing.sources import DATASETS
from flows.sql_text import literal


def attach_supply(
    connection: duckdb.DuckDBPyConnection,
    folder: DataFolder,
    as_at: date | None,
    held_back: Collection[tuple[str, date]] = (),
) -> None:
    """Create the views that the frames of the supply read.

    `all_loads` and `all_profiles`: every load as at the date, in force or not; `deliveries`: each
    arrival of a load's bytes that is not held back; `record_datasets`; `thin_months`: the lines of
    months of which a load has few records; `run_day` (day): the last date of an extract.
    """
    last = (as_at or date.max).isoformat()
    for name, pattern in (
        ("all_loads", "catalog/loads.parquet"),
        ("all_profiles", "profiles/*.parquet"),
    ):
        files = literal(folder.landing / pattern)
        connection.execute(
            f"create or replace view {name} as "
            f"select * from read_parquet({files}, union_by_name = true)"
        )
    connection.execute("create table deliveries (load_id varchar, extract_date date)")
    arrived = [
        (load_id, day)
        for path in sorted((folder.landing / "deliveries").glob("[!.]*.json"))
        for load_id, day in [path.name.removesuffix(".json").rsplit(".", 1)]
        if day <= last and (load_id, date.fromisoformat(day)) not in held_back
    ]
    if arrived:
        connection.executemany("insert into deliveries values (?, ?)", arrived)
    # Rows of records by month are a volume; a month after the extract that brought it is a mistake
    # in all of them, as it is not in a target or a population projection.
    connection.execute(
        "create table record_datasets as select unnest(?) as dataset",
        [[dataset.name for dataset in DATASETS if dataset.grain == "records"]],
    )
    attach_thin_months(connection)
    connection.execute("create table run_day as select cast(? as date) as day", [as_at or _today()])


def _today() -> date:
    """Give the day after today: a supplier's date may be ahead of this machine's time zone."""
    return datetime.now(UTC).date() + timedelta(days=1)
