"""Two extracts of one force, from files to the history of revisions, now and as at the first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
FIRST, SECOND = date(2018, 9, 1), date(2018, 10, 1)
#: robberies in Bradford by extract and month: July is revised, August comes, June falls to zero
ROBBERIES = {
    FIRST: {"2018-06": 2, "2018-07": 20},
    SECOND: {"2018-06": 0, "2018-07": 23, "2018-08": 11},
}
Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    found = DataFolder(tmp_path_factory.mktemp("revisions") / "data")
    for extract, months in ROBBERIES.items():
        for month, robberies in months.items():
            file = found.raw / "police_uk" / f"{extract}" / f"{month}-west-yorkshire-street.csv"
            file.parent.mkdir(parents=True, exist_ok=True)
            start = (
                f",{month},West Yorkshire Police,West Yorkshire Police,,,On or near A,E01010568,"
            )
            lines = [f"{start}Bradford 001A,Robbery,,"] * robberies
            lines += [f"{start}Bradford 001A,Burglary,,"] * 4  # as many in both extracts
            file.write_text("\n".join([HEADINGS, *lines]) + "\n")
    report = land_inbox(found)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    yield found


def history(folder: DataFolder, as_at: date | None) -> dict[str, list[Row]]:
    """Robberies of Bradford by month: extract, vintage, first, figure, current, changes."""
    write_catalog(folder, as_at)
    build_without_dbt(folder, Settings(), select=["+fct_revisions"])
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        rows = connection.execute(
            """
            select strftime(period_start, '%Y-%m'), extract_date, vintage_number, first_figure,
                figure, current_figure, change_from_first, round(change_from_first_pct, 1),
                change_from_previous_vintage, days_after_period_end, is_current, is_suppressed
            from fct_revisions
            where area_name = 'Bradford' and indicator_id = 'robbery' and source = 'police_uk'
            order by 1, 2
            """
        ).fetchall()
        unrevised = connection.execute(
            "select distinct change_from_first from fct_revisions "
            "where area_name = 'Bradford' and indicator_id = 'burglary'"
        ).fetchall()
    assert unrevised == [(0,)]
    found: dict[str, list[Row]] = {}
    for month, *told in rows:
        found.setdefault(month, []).append(tuple(told))
    return found


def days(extract: date, year: int, month: int, day: int) -> int:
    return (extract - date(year, month, day)).days


def test_every_vintage_is_kept_and_the_newest_is_current(folder: DataFolder) -> None:
    assert history(folder, None) == {
        "2018-06": [
            (FIRST, 1, 2, 2, 0, 0, 0, None, days(FIRST, 2018, 6, 30), False, False),
            (SECOND, 2, 2, 0, 0, -2, -100, -2, days(SECOND, 2018, 6, 30), True, False),
        ],
        "2018-07": [
            (FIRST, 1, 20, 20, 23, 0, 0, None, days(FIRST, 2018, 7, 31), False, False),
            (SECOND, 2, 20, 23, 23, 3, 15, 3, days(SECOND, 2018, 7, 31), True, False),
        ],
        "2018-08": [
            (SECOND, 1, 11, 11, 11, 0, 0, None, days(SECOND, 2018, 8, 31), True, False),
        ],
    }


def test_as_at_the_first_extract_there_is_no_revision_yet(folder: DataFolder) -> None:
    assert history(folder, date(2018, 9, 15)) == {
        "2018-06": [(FIRST, 1, 2, 2, 2, 0, 0, None, days(FIRST, 2018, 6, 30), True, False)],
        "2018-07": [(FIRST, 1, 20, 20, 20, 0, 0, None, days(FIRST, 2018, 7, 31), True, False)],
    }
