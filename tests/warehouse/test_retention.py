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
from flows.warehouse.retention import Retention, apply_retention
from tests.built_without_dbt import build_without_dbt

HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
TODAY = date(2018, 10, 1)
AT_ONCE = Settings(keep_superseded_records=False)


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
        record = (
            f",{month},West Yorkshire Police,West Yorkshire Police,,,On or near A,E01010568,"
            "Bradford 001A,Burglary,,"
        )
        file.write_text("\n".join([HEADINGS, *[record] * rows]) + "\n")
    incidents = found.raw / "asb" / "2018-09-03" / "incidents-2017-08_to_2017-08.csv"
    incidents.parent.mkdir(parents=True)
    lines = [f"incident,Bradford,2017-08-{day:02d},nuisance,C-{day}" for day in range(1, 5)]
    incidents.write_text("\n".join(["record type,area,date,category,caller key", *lines]) + "\n")
    yield found


def build(folder: DataFolder) -> list[tuple[str, int]]:
    """Counts in force by month, after a build."""
    folder.ensure()
    land_inbox(folder)
    write_catalog(folder, None)
    settings = Settings(hash_key_file=folder.root.parent / "hash.key")
    build_without_dbt(folder, settings, select=["+int_current_counts", "+int_asb__places"])
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        return connection.execute(
            "select strftime(month, '%Y-%m'), sum(records)::bigint "
            "from intermediate.int_current_counts "
            "where (indicator_id = 'burglary' and area_code = 'E23000010') "
            "or (indicator_id = 'asb_incidents' and area_code = ("
            "select area_code from seeds.areas where area_name = 'Bradford')) "
            "group by 1 order by 1"
        ).fetchall()


def landed(folder: DataFolder) -> int:
    return sum(
        len(list((folder.landing / dataset).glob("[!_]*.parquet")))
        for dataset in ("police_uk_street", "asb_records")
    )


def records_of_incidents(folder: DataFolder) -> int:
    """Rows that a model made of single incidents, keys and all."""
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        [(rows,)] = connection.execute(
            "select count(*) from intermediate.int_asb__places"
        ).fetchall()
    return int(rows)


def test_replaced_and_expired_records_go_and_their_counts_stay(folder: DataFolder) -> None:
    before = build(folder)
    assert [count for _, count in before] == [7, 4, 6]
    assert apply_retention(folder, Settings(), TODAY) == Retention()
    assert landed(folder) == 4

    assert apply_retention(folder, AT_ONCE, TODAY) == Retention(superseded=1, rows=5)
    assert landed(folder) == 3

    # Age ends what is restricted: of public records anybody has a copy.
    kept_a_year = Settings(retention_months=12, keep_superseded_records=False)
    (folder.warehouse / "as_at" / "2018-09-02").mkdir(parents=True)
    assert records_of_incidents(folder) == 4
    done = apply_retention(folder, kept_a_year, TODAY)
    assert done == Retention(expired=1, rows=4)
    assert "4 record-level rows removed" in str(done)
    assert landed(folder) == 2
    assert records_of_incidents(folder) == 0
    assert not (folder.warehouse / "as_at").exists()
    assert apply_retention(folder, kept_a_year, TODAY) == Retention()
    assert build(folder) == before


def test_a_month_at_the_limit_stays(folder: DataFolder) -> None:
    build(folder)
    kept = Settings(retention_months=14, keep_superseded_records=True)
    assert apply_retention(folder, kept, TODAY) == Retention()
    assert apply_retention(folder, kept, date(2018, 11, 1)).expired == 1
