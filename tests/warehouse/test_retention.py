"""Records go when their time is over; what they counted stays. Every record is made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from flows.warehouse.build import build_warehouse
from flows.warehouse.retention import Retention, apply_retention

HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
TODAY = date(2018, 10, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    found = DataFolder(tmp_path / "data")
    for extract, month, rows in (
        ("2018-09-01", "2018-07", 5),
        ("2018-09-02", "2018-07", 6),  # replaces the first
        ("2018-09-03", "2017-07", 7),
    ):
        file = found.raw / "police_uk" / extract / f"{month}-west-yorkshire-street.csv"
        file.parent.mkdir(parents=True)
        line = (
            f",{month},West Yorkshire Police,West Yorkshire Police,,,On or near A,E01010568,"
            "Bradford 001A,Burglary,,"
        )
        file.write_text("\n".join([HEADINGS, *[line] * rows]) + "\n")
    yield found


def build(folder: DataFolder) -> list[tuple[str, int]]:
    """Counts in force by month, after a build."""
    folder.ensure()
    land_inbox(folder)
    write_catalog(folder, None)
    build_warehouse(folder, Settings(), select=["+int_current_counts"])
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        return connection.execute(
            "select strftime(month, '%Y-%m'), sum(records)::bigint "
            "from intermediate.int_current_counts "
            "where indicator_id = 'burglary' and area_code = 'E23000010' group by 1 order by 1"
        ).fetchall()


def landed(folder: DataFolder) -> int:
    return len(list((folder.landing / "police_uk_street").glob("[!_]*.parquet")))


def test_replaced_and_expired_records_go_and_their_counts_stay(folder: DataFolder) -> None:
    before = build(folder)
    assert [count for _, count in before] == [7, 6]
    # unless told otherwise nothing goes: a report as at an earlier date needs the older extract
    assert apply_retention(folder, Settings(), TODAY) == Retention()
    assert landed(folder) == 3

    only_in_force = Settings(keep_superseded_records=False)
    assert apply_retention(folder, only_in_force, TODAY) == Retention(superseded=1, rows=5)
    assert landed(folder) == 2

    kept_a_year = Settings(retention_months=12, keep_superseded_records=False)
    done = apply_retention(folder, kept_a_year, TODAY)
    assert done == Retention(expired=1, rows=7)
    assert "7 record-level rows removed" in str(done)
    assert landed(folder) == 1
    assert apply_retention(folder, kept_a_year, TODAY) == Retention()
    assert build(folder) == before


def test_a_month_at_the_limit_stays(folder: DataFolder) -> None:
    build(folder)
    kept = Settings(retention_months=15)
    assert apply_retention(folder, kept, TODAY) == Retention()
    assert apply_retention(folder, kept, date(2018, 11, 1)).expired == 1
