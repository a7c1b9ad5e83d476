"""Lists of MARAC cases go when their time is over, and every repeat that is known stays known.

Every case is made up. A repeat looks back twelve months, so a list outlives its time by a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules import hash_key
from flows.settings import Settings
from flows.warehouse.due_records import due_records
from flows.warehouse.retention import Retention, apply_retention
from tests.built_without_dbt import build_without_dbt

HEADINGS = (
    "area,victim key,perpetrator keys,referral date,discussed date,any abuse,potentially criminal,"
    "referring agency"
)
LISTS = {
    "2018-04-01/case-list-2015-04_to_2016-03.csv": ["V-1,P-1,2016-03-01,2016-03-10"],
    # both look back over the end of a list
    "2018-04-02/case-list-2016-04_to_2017-03.csv": [
        "V-1,P-1,2016-05-01,2016-05-10",
        "V-2,P-2,2017-02-01,2017-02-10",
    ],
    "2018-04-03/case-list-2017-04_to_2018-03.csv": ["V-2,P-2,2017-05-01,2017-05-10"],
}
A_YEAR = Settings(retention_months=12)


def put(folder: DataFolder, place: str, rows: list[str]) -> None:
    file = folder.raw / "marac" / place
    file.parent.mkdir(parents=True)
    file.write_text("\n".join([HEADINGS, *(f"Dudley,{row},yes,no,Police" for row in rows)]) + "\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    monkeypatch.setenv("CSP_HASH_KEY_FILE", str(tmp_path / "hash.key"))
    hash_key.forget_keys()
    found = DataFolder(tmp_path / "data")
    for place, rows in LISTS.items():
        put(found, place, rows)
    yield found
    hash_key.forget_keys()


def build(folder: DataFolder) -> dict[tuple[str, str], float]:
    """Counts by indicator and month, after landing and a build."""
    folder.ensure()
    assert land_inbox(folder).quarantined == []
    write_catalog(folder, None)
    # counts of the lists as they stood at each extract go to the archive
    models = ["+int_marac__observations", "+int_marac__list_vintages"]
    build_without_dbt(folder, Settings(), select=models)
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        rows = connection.execute(
            "select indicator_id, strftime(period_start, '%Y-%m'), numerator "
            "from intermediate.int_marac__observations"
        ).fetchall()
    return {(indicator, month): counted for indicator, month, counted in rows}


def landed(folder: DataFolder) -> int:
    return len(list((folder.landing / "marac_cases").glob("[!_]*.parquet")))


def records_in_models(folder: DataFolder) -> int:
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        [(rows,)] = connection.execute(
            "select count(*) from intermediate.int_marac__repeats"
        ).fetchall()
    return int(rows)


def test_lists_go_a_year_after_their_time_and_their_repeats_stay(folder: DataFolder) -> None:
    before = build(folder)
    repeats = {month for (indicator, month), n in before.items()
               if indicator == "marac_repeat_cases" and n}  # fmt: skip
    assert repeats == {"2016-05", "2017-05"}
    # the first list's last month is 24 months ago, then 25
    assert apply_retention(folder, A_YEAR, date(2018, 3, 31)) == Retention()
    assert apply_retention(folder, A_YEAR, date(2018, 4, 1)) == Retention(expired=1, rows=1)
    assert landed(folder) == 2
    assert records_in_models(folder) == 3
    assert build(folder) == before
    assert apply_retention(folder, A_YEAR, date(2019, 4, 1)) == Retention(expired=1, rows=2)
    assert landed(folder) == 1
    assert build(folder) == before

    # A month supplied again cannot look back on rows that are gone: its repeats are not known.
    put(folder, "2018-05-01/case-list-2016-05_to_2016-05.csv", ["V-1,P-1,2016-05-01,2016-05-10"])
    after = build(folder)
    assert after["marac_cases", "2016-05"] == 1
    assert ("marac_repeat_cases", "2016-05") not in after
    assert after["marac_repeat_cases", "2017-05"] == 1


def test_a_list_waits_for_the_one_that_looks_back_on_it(folder: DataFolder) -> None:
    put(folder, "2019-05-01/case-list-2016-04_to_2019-04.csv", ["V-1,P-1,2016-05-01,2016-05-10"])
    folder.ensure()
    assert land_inbox(folder).quarantined == []
    # the newest list is in its time until April 2020 is over
    assert due_records(folder, A_YEAR, date(2020, 4, 30)).load_ids == []
    assert len(due_records(folder, A_YEAR, date(2020, 5, 1)).load_ids) >= 1
