"""From files to figures: areas whose own force sent nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

EXTRACT = "2022-09-01"
HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
#: two forces' files: rows as (force, LSOA, its name); Dudley's own force is neither of them
FILES = {
    "west-mercia": [
        ("West Mercia Police", "E01032128", "Wyre Forest 001A"),
        ("West Mercia Police", "E01014171", "Telford and Wrekin 001A"),
        ("West Mercia Police", "E01028891", "Shropshire 001A"),
        ("West Mercia Police", "E01009739", "Dudley 012A"),
    ],
    "btp": [("British Transport Police", "E01009739", "Dudley 012A")],
}


def write_street(folder: DataFolder, force: str, months: tuple[str, ...]) -> None:
    for month in months:
        file = folder.raw / "police_uk" / EXTRACT / f"{month}-{force}-street.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f",{month},{by},{by},,,On or near A,{code},{name},Robbery,,"
            for by, code, name in FILES[force]
        ]
        file.write_text("\n".join([HEADINGS, *lines * 3]) + "\n")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = DataFolder(tmp_path_factory.mktemp("nobody") / "data")
    for force in FILES:
        write_street(folder, force, ("2022-05", "2022-06", "2022-07"))
    report = land_inbox(folder)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    write_catalog(folder)
    build_without_dbt(
        folder,
        Settings(home_areas=["Dudley", "North Worcestershire"]),
        select=["+fct_indicator_values", "+rpt_scorecard", "+rpt_coverage"],
    )
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        yield connection


def rows(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return warehouse.execute(query).fetchall()


def test_an_area_whose_own_force_sent_nothing_has_no_figure(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """West Mercia and British Transport Police recorded 6 robberies a month in Dudley."""
    found = rows(
        warehouse,
        "select area_name, value, months_supplied from fct_indicator_values"
        " where source = 'police_uk' and indicator_id = 'robbery' and period_type = 'month'"
        " and period_end = date '2022-06-30' and area_type = 'csp' and area_name in"
        " ('Dudley', 'Oxford', 'Wyre Forest', 'North Worcestershire')",
    )
    assert [(value, months) for _, value, months in found] == [(3, 1)]
    assert found[0][0] != "Dudley"
    # their own force's files have no row of them: that is not the zero of a supplied month
    left_out = "'South Worcester', 'Herefordshire, County of'"
    assert (
        rows(
            warehouse,
            f"select * from fct_indicator_values where area_name in ({left_out})"
            " and source = 'police_uk'",
        )
        == []
    )
    assert rows(
        warehouse,
        "select distinct areas_not_in_file from rpt_coverage where scope = 'west-mercia'",
    ) == [("Herefordshire, County of; South Worcester",)]
    none_supplied = "from fct_indicator_values where source = 'police_uk' and months_supplied = 0"
    assert rows(warehouse, f"select count(*) {none_supplied}") == [(0,)]


def test_the_scorecard_of_such_an_area_shows_no_count(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        warehouse,
        "select value, previous_value, in_words from rpt_scorecard"
        " where area_name = 'Dudley' and source = 'police_uk'",
    )
    assert found == []


def test_forces_still_count_what_they_recorded(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select area_code, value from fct_indicator_values where indicator_id = 'robbery'"
        " and period_type = 'month' and period_end = date '2022-06-30' and area_type = 'force'"
        " order by area_code",
    )
    assert found == [("BTP", 3), ("E23000016", 12)]
