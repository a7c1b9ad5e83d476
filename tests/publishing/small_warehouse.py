"""Builds warehouse files that look like those of dbt, a few rows each."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from flows.data_folder import DataFolder

FIGURE_COLUMNS = (
    ("source", "varchar not null"),
    ("indicator_id", "varchar not null"),
    ("area_code", "varchar not null"),
    ("area_name", "varchar"),
    ("area_type", "varchar"),
    ("period_type", "varchar not null"),
    ("period_label", "varchar"),
    ("period_start", "date not null"),
    ("period_end", "date not null"),
    ("value", "double"),
    ("rate", "double"),
    ("is_complete", "boolean"),
)


def build_warehouse(folder: DataFolder, value: int = 10545, rows: int = 40) -> None:
    """Write warehouse.duckdb and the landing catalogue; every figure of the night is `value`.

    Each table carries `value` in every row, so that a reader can tell a mixed state.
    """
    made = _made(value, rows)
    for file in (made.database, made.landing / "catalog" / "loads.parquet"):
        place = folder.root / file.relative_to(made.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        shutil.copyfile(file, place)


@cache
def _made(value: int, rows: int) -> DataFolder:
    """Make the files once for all tests of a process that ask for the same."""
    root = Path(tempfile.mkdtemp(prefix="csp-small-warehouse-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    folder = DataFolder(root)
    folder.ensure()
    write_warehouse(folder, value, rows)
    return folder


def write_warehouse(folder: DataFolder, value: int = 10545, rows: int = 40) -> None:
    """Make what `build_warehouse` copies."""
    folder.database.unlink(missing_ok=True)
    with duckdb.connect(str(folder.database)) as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in FIGURE_COLUMNS)
        connection.execute(f"create table fct_indicator_values ({columns})")
        connection.execute(
            """
            insert into fct_indicator_values
            select 'partner_returns', 'indicator_' || (i % 4), 'E' || (22000000 + i // 4),
                case when i % 3 = 0 then null else 'Area ' || (i // 4) end, 'csp', 'ytd',
                '2017/18 YTD to Sep', date '2017-04-01', date '2017-09-30',
                $value, $value / 3.0, true
            from range($rows) as r(i)
            """,
            {"value": value, "rows": rows},
        )
        connection.execute("create table dim_areas (value bigint, area_code varchar not null)")
        connection.execute(
            "insert into dim_areas select $value, 'E' || (22000000 + i) from range(10) as r(i)",
            {"value": value},
        )
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_checks as "
            "select 'row_count' as check_id, 'marts' as subject"
        )
        connection.execute(
            'create view rpt_checks as select * from "warehouse".intermediate.int_checks'
        )
        connection.execute("create table stg_records as select 'secret' as crime_id")
        connection.execute("create table fct_old__dbt_backup as select 1::hugeint as x")
        describe(connection, "fct_indicator_values", "table")
        describe(connection, "dim_areas", "table")
        describe(connection, "rpt_checks", "view")
    catalogue = folder.landing / "catalog"
    catalogue.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (
                select 'ab12' as load_id, 'partner_returns' as source, 'partner_returns' as
                dataset, 'return.csv' as file, date '2017-10-20' as extract_date, 'Dudley' as
                scope, 24::bigint as rows_read, 24::bigint as rows_loaded, 0::bigint as
                rows_rejected, '1' as reader_version, false as is_synthetic
                union all
                select 'cd34', 'police_uk', 'police_uk_street', 'street.csv', date '2017-10-21',
                'west-midlands', 50, 50, 0, '1', false
            )
            to '{catalogue / "loads.parquet"}' (format parquet)
            """
        )


def describe(connection: duckdb.DuckDBPyConnection, table: str, kind: str) -> None:
    """Comment a table and its columns as dbt's persist_docs does."""
    connection.execute(f"comment on {kind} {table} is 'One row per thing of {table}, it''s small'")
    for name, *_ in connection.execute(f"describe {table}").fetchall():
        connection.execute(f"comment on column {table}.{name} is 'What {name} means'")


def everything_below(folder: Path) -> dict[str, str]:
    """Every file and link below a folder with its bytes (as hex) or target."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = f"-> {path.readlink()}"
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes().hex()
    return found


def pointed_to(folder: DataFolder) -> str:
    """The folder that current.json names, read as a reader on Windows would."""
    return str(json.loads((folder.published / "current.json").read_text())["folder"])
