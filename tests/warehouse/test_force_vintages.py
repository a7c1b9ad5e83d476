"""Vintages of a force's extract, from its files to the counts in force; every record is made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules.hash_key import forget_keys
from flows.settings import Settings
from flows.warehouse.counts_archive import remove_records
from flows.warehouse.due_records import superseded_loads
from tests.built_without_dbt import build_without_dbt

MAPPING = """\
force: west-midlands
window: {window}
columns:
  crime_reference: Ref
  offence_code: Code
  recorded_date: Recorded
  csp: Area
  outcome: {{column: Status, cancelled: [No crime]}}
  knife: {{column: Knife, yes: [Y], no: [N]}}
  public_place: {{column: Public, yes: [Y], no: [N]}}
  victim_age_band: {{column: Band, youth: [10-17]}}
"""
HEADINGS = "Ref,Code,Recorded,Area,Status,Knife,Public,Band"
JUNE_LATE = "late,8N,2025-06-20,Dudley,Open,N,N,18+"
FIRST = [
    "a,8N,2025-06-10,Dudley,Open,Y,Y,10-17",
    "b,34B,2025-07-10,Dudley,Open,Y,Y,10-17",
    "c,999Z,2025-07-11,,Open,N,Y,18+",
    "d,28A,2025-07-12,Walsall,Open,N,N,18+",
    "e,8N,2025-07-13,Dudley,No crime,Y,Y,18+",
    "f,8N,2025-07-13,Coventry,Open,N,N,18+",
    "g,8N,2025-07-13,Solihull,Open,N,N,18+",
    "vanishes,8N,2025-07-14,Dudley,Open,Y,N,18+",
]
# the next extract covers July and August only; "vanishes" is gone, "new" has come
SECOND = [
    *[line for line in FIRST if "2025-07" in line and not line.startswith("vanishes")],
    "new,8N,2025-08-01,E22000337,Open,N,Y,18+",
    JUNE_LATE,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    root = tmp_path_factory.mktemp("force")
    found = DataFolder(root / "data")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(root / "config"))
        forget_keys()
        put(found, "2025-09-02", SECOND, "{months: 2}")
        put(found, "2025-08-02", FIRST, "{months: 2}")
        land(found)
        # older than both, and the last to arrive
        put(found, "2025-07-02", ["old,8N,2025-06-11,Walsall,Open,Y,Y,18+"], "{months: 1}")
        land(found)
        yield found
    forget_keys()


def put(folder: DataFolder, day: str, rows: list[str], window: str) -> None:
    mapping = folder.raw / "force_extract" / "mappings" / "west-midlands.yml"
    mapping.parent.mkdir(parents=True, exist_ok=True)
    mapping.with_name(f"west-midlands.{day}.yml").write_text(MAPPING.format(window=window))
    file = folder.raw / "force_extract" / day / "west-midlands.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join([HEADINGS, *rows]) + "\n")


def land(folder: DataFolder) -> None:
    report = land_inbox(folder)
    assert report.quarantined == []


Counts = dict[tuple[str, str, str], int]


def counts(folder: DataFolder, as_at: date | None = None) -> Counts:
    """Build, and give what is not zero by area, month and indicator."""
    write_catalog(folder, as_at)
    build_without_dbt(folder, Settings(), select=["+int_counted_observations"])
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        rows = connection.execute(
            """
            select area_code, strftime(period_start, '%Y-%m'), indicator_id, numerator
            from intermediate.int_counted_observations
            where source = 'force_extract' and numerator > 0 and is_supplied
            """
        ).fetchall()
        zero = connection.execute(
            """
            select distinct indicator_id from intermediate.int_counted_observations
            where source = 'force_extract' and area_code = 'E22000340' and numerator = 0
            """
        ).fetchall()
    # zero where the extract can tell, nothing at all where it has no column for it
    told = {name for (name,) in zero}
    assert "knife_crime" in told
    assert "hate_crime" not in told
    return {(area, month, indicator): int(n) for area, month, indicator, n in rows}


DUDLEY, WALSALL = "E22000337", "E22000340"
FORCE, UNKNOWN = "E23000014", "E23000014_unknown"


def test_vintages_and_classification(folder: DataFolder) -> None:
    now = counts(folder)
    expected: Counts = {
        # June: of the first extract, since the second does not cover it; the oldest is outdone
        (DUDLEY, "2025-06", "total_recorded_crime"): 1,
        (DUDLEY, "2025-06", "public_place_violence"): 1,
        (DUDLEY, "2025-06", "youth_victim_violence"): 1,
        (DUDLEY, "2025-06", "violence_with_injury"): 1,
        # July: of the second, without the record that vanished and the one that is no crime
        (DUDLEY, "2025-07", "total_recorded_crime"): 1,
        (DUDLEY, "2025-07", "knife_crime"): 1,
        (DUDLEY, "2025-07", "robbery"): 1,
        (DUDLEY, "2025-07", "youth_victim_robbery"): 1,
        (UNKNOWN, "2025-07", "total_recorded_crime"): 1,
        (FORCE, "2025-07", "total_recorded_crime"): 5,
        # a code of before April 2017 is no code in 2025: the crime counts in the total alone
        (WALSALL, "2025-07", "total_recorded_crime"): 1,
        (DUDLEY, "2025-08", "total_recorded_crime"): 1,
    }
    assert {key: now.get(key) for key in expected} == expected
    absent = [
        (WALSALL, "2025-06", "total_recorded_crime"),
        (WALSALL, "2025-07", "residential_burglary"),
        (DUDLEY, "2025-07", "public_place_violence"),  # a robbery is not violence
        (DUDLEY, "2025-07", "violence_with_injury"),
        (UNKNOWN, "2025-07", "public_place_violence"),
    ]
    assert [key for key in absent if key in now] == []


@pytest.mark.long
def test_counts_outlive_the_records_of_superseded_loads(folder: DataFolder) -> None:
    first_day = date(2025, 8, 10)
    now, then = counts(folder), counts(folder, first_day)
    assert then[DUDLEY, "2025-07", "violence_with_injury"] == 1
    counts(folder)
    gone = superseded_loads(folder)
    assert [str(record.extract_date) for record in gone] == ["2025-07-02"]
    every = sorted(path.stem for path in (folder.landing / "loads").glob("*.json"))
    assert remove_records(folder, every) == 17  # 8, 8 and 1
    assert list((folder.landing / "force_extract").glob("[!_]*.parquet")) == []
    land(folder)  # the files are still in the inbox, and their records stay away
    assert list((folder.landing / "force_extract").glob("[!_]*.parquet")) == []
    assert counts(folder, first_day) == then
    assert counts(folder) == now
    modes = {
        oct(path.stat().st_mode & 0o777)
        for path in (folder.landing / "counts_archive").glob("*.parquet")
    }
    assert modes == {"0o600"}
