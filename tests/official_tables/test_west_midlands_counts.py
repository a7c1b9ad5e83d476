"""The West Midlands in 2025/26: real counts, landed as data.police.uk lays them out.

The counts by LSOA, month and category are written out again as street files, a row a record. The
feed's anti-social behaviour collapses in November 2025: that is a break, and no improvement.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import load_settings
from tests.built_without_dbt import build_without_dbt
from tests.conftest import EXTRACT

from .street_files import FIRST, LAST, write_street_files

ASB = "Anti-social behaviour"
BREAK = "2025-11"


@pytest.fixture(scope="module")
def counts(public_data: Path) -> pd.DataFrame:
    """Count by month, partnership and category with pandas."""
    (file,) = (public_data / "counts").glob("*.parquet")
    frame = pd.read_parquet(file)
    frame = frame[frame["month"].between(FIRST, LAST)]
    return frame.groupby(["month", "ltla24_name", "crime_type"], as_index=False)[["n"]].sum()


@pytest.fixture(scope="module")
def west_midlands(
    public_data: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    if public_data == EXTRACT:
        yield request.getfixturevalue("official")
        return
    folder = DataFolder(tmp_path_factory.mktemp("west-midlands") / "data")
    rows = write_street_files(public_data, folder.raw)
    report = land_inbox(folder)
    assert report.quarantined == []
    assert (len(report.loaded), report.rows_loaded) == (24, rows)
    write_catalog(folder)
    build_without_dbt(folder, load_settings(None), select=["+fct_indicator_values"])
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        yield connection


def test_year_to_date_by_partnership_is_that_of_an_independent_count(
    west_midlands: duckdb.DuckDBPyConnection, counts: pd.DataFrame
) -> None:
    def expected(first: str, last: str, asb: bool) -> dict[str, int]:
        wanted = counts["month"].between(first, last) & ((counts["crime_type"] == ASB) == asb)
        summed = counts[wanted].groupby("ltla24_name")["n"].sum()
        return {str(area): int(count) for area, count in summed.items()}

    for indicator, asb in (("total_recorded_crime", False), ("asb_incidents", True)):
        rows = west_midlands.execute(
            "select area_name, value, previous_value, is_complete from fct_indicator_values "
            "where source = 'police_uk' and indicator_id = ? and area_type = 'csp' "
            "and period_type = 'ytd' and period_end = date '2026-03-31' and is_complete",
            [indicator],
        ).fetchall()
        assert len(rows) == 7
        assert {area: value for area, value, _, _ in rows} == expected("2025-04", LAST, asb)
        assert {area: before for area, _, before, _ in rows} == expected(FIRST, "2025-03", asb)


def test_the_break_of_the_feed_is_carried_and_its_fall_is_not_called_better(
    west_midlands: duckdb.DuckDBPyConnection, counts: pd.DataFrame
) -> None:
    rows = west_midlands.execute(
        "select area_name, period_end, value, previous_value, break_note, "
        "direction_of_travel from fct_indicator_values where source = 'police_uk' "
        "and indicator_id = 'asb_incidents' and area_type in ('csp', 'force') "
        "and period_type = 'ytd' and period_start = date '2025-04-01' "
        "and value is not null and is_complete"
    ).fetchall()
    assert len(rows) == 12 * 8  # April to each month, of seven partnerships and the force
    called = set()
    for area, end, value, before, note, direction in rows:
        after = f"{end:%Y-%m}" >= BREAK
        assert (note is not None) is after, (area, end)
        if after:
            assert "November 2025" in note
            assert direction not in ("better", "worse"), (area, end, value, before)
        called.add((after, direction))
    assert (False, "better") in called  # before the break a fall is called what it is
    by_year = counts[counts["crime_type"] == ASB]
    fell = by_year[by_year["month"] >= "2025-12"]["n"].sum()
    assert fell < by_year[by_year["month"].between("2024-12", "2025-03")]["n"].sum() / 2
    crimes = west_midlands.execute(
        "select count(*), count(break_note) from fct_indicator_values where source = 'police_uk' "
        "and indicator_id = 'robbery' and area_type = 'csp' and period_type = 'ytd' "
        "and period_end = date '2026-03-31' and is_complete"
    ).fetchone()
    assert crimes == (7, 0)
