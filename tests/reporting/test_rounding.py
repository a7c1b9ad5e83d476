"""A half goes away from zero in sentences, papers and scorecards, as in spreadsheets.

The numbers are the fractions worked by hand: 50 of 800 is 6.25, which is written 6.3.
"""

from __future__ import annotations

import duckdb
import pytest

from flows.papers.document import Column, shown
from flows.reporting import scorecard
from flows.rounding import rounded
from tests.dbt_project.model_sql import macro_sql

ONE_DECIMAL = [
    (50 * 100 / 800, "6.3"),  # opiate clients who completed: 6.25%
    (54 * 100 / 800, "6.8"),
    (33 * 100 / 80, "41.3"),
    (7 * 100 / 2000, "0.4"),
    (23 * 100 / 2000, "1.2"),
    (80 * 100 / 329, "24.3"),
    (22.349999999999998, "22.4"),
    (6.249, "6.2"),
    (1234567.25, "1,234,567.3"),
    (0.04, "0.0"),
]


@pytest.mark.parametrize(("exact", "said"), ONE_DECIMAL)
def test_sentences_and_tables_round_a_half_away_from_zero(exact: float, said: str) -> None:
    sql = macro_sql("{{ one_decimal('value') }}")
    found = duckdb.sql(f"select {sql} from (select ?::double as value)", params=[exact]).fetchone()
    assert found == (said,)
    assert shown(exact, Column("Rate", "number", 1)) == said
    minus = "" if said == "0.0" else "\N{MINUS SIGN}"
    assert shown(-exact, Column("Change", "number", 1, signed=True)) == f"{minus}{said}"


@pytest.mark.parametrize(("exact", "said"), [(0.125, "0.13"), (0.005, "0.01"), (0.994, "0.99")])
def test_small_rates_too(exact: float, said: str) -> None:
    sql = macro_sql("{{ rate_in_words('value') }}")
    found = duckdb.sql(f"select {sql} from (select ?::double as value)", params=[exact]).fetchone()
    assert found == (said,)
    assert shown(exact, Column("Rate", "number", 2)) == said


def test_the_scorecard_too() -> None:
    row = {"unit": "per cent", "value": 6.25, "change_pp": -1.25, "is_suppressed": False}
    assert scorecard._amount(row, "value") == "6.3%"
    assert scorecard._change(row) == "-1.3pp"
    per_cent = {"change_pct": 41.25, "change_pct_is_unreliable": False}
    assert scorecard._percent(per_cent) == "+41.3"
    assert scorecard._number(6.25, 1) == "6.3"


def test_zero_has_no_sign() -> None:
    assert str(rounded(-0.04, 1)) == "0.0"
