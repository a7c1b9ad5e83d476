"""Grants: published ones, with the mistakes of their documents, and a synthetic quarter."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from flows.data_folder import DataFolder
from flows.reporting.grant_return import (
    GrantReturnUnavailableError,
    read_grant_return,
    write_grant_return,
)
from flows.reporting.spreadsheet_text import as_plain_text

from .conftest import Query


def total(database: Path, area: str, year: str) -> dict[str, Any]:
    with duckdb.connect(str(database), read_only=True) as connection:
        answer = connection.execute(
            "select * from fct_grant_lines where area_name = ? and period_label = ? and is_total",
            [area, year],
        )
        names = [column[0] for column in answer.description]
        (row,) = answer.fetchall()
    return dict(zip(names, row, strict=True))


def test_c1_the_lines_do_not_sum_to_the_stated_total(published_database: Path) -> None:
    row = total(published_database, "Wolverhampton", "2015/16")
    assert (row["lines_sum"], row["stated_total"]) == (492_500, 493_000)
    assert (row["sum_differs_by"], row["sum_differs"]) == (500, True)
    with duckdb.connect(str(published_database), read_only=True) as connection:
        lines = connection.execute(
            "select allocation from fct_grant_lines where area_name = 'Wolverhampton' "
            "and period_label = '2015/16' and not is_total order by budget_line"
        ).fetchall()
    assert [one for (one,) in lines] == [214_000, 44_000, 66_000, 35_000, 27_000, 7_500, 99_000]


def test_c2_a_quarter_less_is_25_15_per_cent(published_database: Path) -> None:
    row = total(published_database, "Wolverhampton", "2016/17")
    assert (row["allocation"], row["previous_allocation"]) == (369_000, 493_000)
    assert (row["allocation_change"], round(row["allocation_change_pct"], 2)) == (-124_000, -25.15)


def test_c3_what_is_available_includes_the_carry_forward(published_database: Path) -> None:
    row = total(published_database, "Wolverhampton", "2017/18")
    assert (row["allocation"], row["carry_forward_in"], row["available"]) == (
        369_000,
        38_000,
        407_000,
    )


def test_c4_not_reduced_for_the_third_year_running(published_database: Path) -> None:
    row = total(published_database, "Wolverhampton", "2018/19")
    assert (row["allocation"], row["previous_allocation"]) == (229_000, 369_000)
    assert round(row["allocation_change_pct"], 1) == -37.9
    years = ["2015/16", "2016/17", "2017/18", "2018/19"]
    assert [
        total(published_database, "Wolverhampton", year)["years_reduced_in_a_row"] for year in years
    ] == [0, 1, 0, 1]


def test_c5_and_c6(published_database: Path) -> None:
    later = total(published_database, "Wolverhampton", "2021/22")
    assert later["allocation"] == 150_000
    assert later["allocation_change"] is None  # the year before was not supplied
    assert later["years_reduced_in_a_row"] == 0
    assert total(published_database, "Dudley", "2017/18")["allocation"] == 267_857


def test_a_quarter_has_the_years_allocation_and_its_spend_to_date(query: Query) -> None:
    rows = query(
        """
        select budget_line, allocation, available, spend, spend_to_date, forecast, underspend,
            forecast_underspend, outcomes
        from fct_grant_lines
        where area_name = 'Walsall' and period_label = '2017/18 Q2' order by is_total, 1 desc
        """
    )
    assert rows == [
        ("Youth work", 40000, 41000, 10500, 19500, 37500, 21500, 3500, 15),
        ("=cmd|' /C calc'!A0", 10000, 10000, 2000, 5000, 10000, 5000, 0, None),
        ("Total", 50500, 51500, 12500, 24500, 47500, 27000, 4000, None),
    ]


def test_a_quarter_is_compared_with_the_same_one_a_year_before(query: Query) -> None:
    rows = query(
        """
        select period_label, previous_allocation, allocation_change_pct, spend_to_date
        from fct_grant_lines
        where area_name = 'Walsall' and budget_line = 'Youth work'
            and period_label like '2018/19%' order by 1
        """
    )
    # spend of the second quarter is missing: what was spent to date is not known
    assert rows == [("2018/19 Q1", 40000, -25.0, 5000), ("2018/19 Q2", 40000, -25.0, None)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_return_is_what_is_published_and_no_formula(
    synthetic_warehouse: DataFolder, query: Query, tmp_path: Path, ending: str
) -> None:
    made = read_grant_return(synthetic_warehouse.database, "E08000030", "2017/18 Q2")
    target = tmp_path / f"return.{ending}"
    write_grant_return(made, target)
    if ending == "csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    else:
        sheet = openpyxl.load_workbook(target).active
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        rows = [
            ["" if value is None else str(value) for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    assert rows[0][0] == "Grant: expenditure and outcomes, Walsall, 2017/18 Q2"
    lines = {row[0]: row for row in rows[2:]}
    assert "'=cmd|' /C calc'!A0" in lines
    assert float(lines["Total"][5]) == 24_500
    assert "they differ by" in rows[-1][0] or made.remarks == []
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("written", ["Q2 2017/18", "2017-18 Q2", "quarter 2, 2017-2018"])
def test_a_quarter_is_found_as_people_write_it(
    synthetic_warehouse: DataFolder, written: str
) -> None:
    made = read_grant_return(synthetic_warehouse.database, "E08000030", written)
    assert made == read_grant_return(synthetic_warehouse.database, "E08000030", "2017/18 Q2")


def test_a_quarter_that_is_not_there_names_those_that_are(synthetic_warehouse: DataFolder) -> None:
    with pytest.raises(GrantReturnUnavailableError, match=r"2017/18 Q1, 2017/18 Q2"):
        read_grant_return(synthetic_warehouse.database, "Walsall", "2016/17 Q1")
    with pytest.raises(GrantReturnUnavailableError, match="one of Walsall"):
        read_grant_return(synthetic_warehouse.database, "Nowhere", "2017/18 Q1")


def test_another_ending_is_refused_and_nothing_written(
    synthetic_warehouse: DataFolder, tmp_path: Path
) -> None:
    made = read_grant_return(synthetic_warehouse.database, "Walsall", "2017/18 Q1")
    with pytest.raises(ValueError, match=r"\.csv or \.xlsx"):
        write_grant_return(made, tmp_path / "return.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_text_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_plain_text(text) == f"'{text}"
    assert as_plain_text(f"a{text}") == f"a{text}"
