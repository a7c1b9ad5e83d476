"""A withheld figure is called that in the tables of the site, and has no number beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.site.periods import by_period, newest, opening
from flows.site.tables import area_table, indicator_table

DASH = "\N{EN DASH}"


def _row(**values: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(
        (
            "value", "previous_value", "change", "change_pct", "change_pp", "rate", "rate_lower",
            "rate_upper", "change_pct_is_unreliable", "family_rank_in_words", "verdict",
            "force_name", "break_note",
        )
    )  # fmt: skip
    return row | {
        "indicator_id": "marac_cases", "indicator_name": "MARAC cases", "unit": "count",
        "area_code": "E22000001", "area_name": "Somewhere", "area_type": "csp",
        "period_type": "quarter", "period_label": "2017/18 Q2", "period_end": date(2017, 9, 30),
        "rate_per": 1000, "family_is_illustrative": False, "is_suppressed": False, "sentence": "",
    } | values  # fmt: skip


def _withheld() -> dict[str, Any]:
    return _row(
        is_suppressed=True,
        verdict="withheld",
        sentence="The figure for MARAC cases in Somewhere between July and September 2017 is "
        "withheld, because it is a small number or would reveal one.",
    )


@pytest.mark.parametrize("table", [area_table, indicator_table])
def test_a_withheld_row_has_words_and_no_number(table: Any) -> None:
    [period] = by_period([_withheld()])
    made = table("Somewhere", period)
    [(_, cells)] = made.rows
    numbers = [
        cell
        for cell, column in zip(cells, made.columns, strict=True)
        if column.alignment == "number"
    ]
    assert numbers[0] == "withheld"
    assert set(numbers[1:]) == {DASH}
    assert cells[[column.heading for column in made.columns].index("What it means")] == "withheld"


def test_rates_are_written_as_the_sentences_do() -> None:
    [period] = by_period(
        [
            _row(value=20000.0, rate=65.24),
            _row(value=60.0, rate=0.194),
            _row(rate=50.0, unit="per cent"),
        ]
    )
    rates = [cells[5] for _, cells in area_table("Somewhere", period).rows]
    assert rates == ["65.2 per 1,000", "0.19 per 1,000", DASH]


def test_a_page_opens_with_the_fullest_of_the_newest_periods() -> None:
    year = _row(period_type="financial_year", period_label="2016/17", period_end=date(2017, 3, 31))
    quarters = [_row(), _row(indicator_id="hate_crime")]
    older = [_row(period_end=date(2017, 6, 30), period_label="2017/18 Q1")] * 3
    periods = by_period([*older, *quarters, year])
    assert [one.label for one in periods] == ["2016/17", "2017/18 Q2", "2017/18 Q1"]
    assert [one.label for one in opening(periods)] == ["2017/18 Q2", "2016/17"]


def test_periods_are_chosen_for_each_area_by_itself() -> None:
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(
            "select area_code, count(*) from (select * from (select area_code, 'month' as "
            "period_type, date '2018-01-31' + to_months(number::int) as period_end from "
            "(values ('A'), ('B')) as areas (area_code), range(20) as months (number) "
            f"where area_code = 'A' or number < 5) {newest('area_code')}) group by all order by all"
        ).fetchall()
    assert found == [("A", 13), ("B", 5)]
