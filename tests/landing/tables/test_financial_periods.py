"""A financial year or quarter is read however people write it, and landed in one form."""

from __future__ import annotations

import duckdb
import pytest

from flows.landing import land_inbox
from flows.landing.tables.financial_periods import (
    financial_period,
    financial_quarter,
    financial_year,
)
from tests.landing.conftest import Inbox

QUARTERS = (
    "2025/26 Q2", "2025-26 Q2", "2025\u201326 Q2", "2025/2026 Q2", "2025/26 Quarter 2",
    "2025/26Q2", "Q2 2025/26", "q2 2025-26", "Q2, 2025/26", "Quarter 2 2025-2026", " 2025/26  Q2 ",
)  # fmt: skip
YEARS = ("2025/26", "2025-26", "2025\u201326", "2025/2026", "2025 / 26")
NEITHER = (
    "2025/27", "2025-27 Q2", "2025/26 Q5", "Q0 2025/26", "Q2", "Q2 2025", "25/26", "2025/2126",
    "2025", "2025/26 Q2 Q3", "Q2 2025/26 Q2", "3025/26", "July 2025", "2025-09-30", "",
)  # fmt: skip
GRANT = "area,period,line_type,budget_line,allocation,spend\n"
MARAC = "area,quarter,measure,breakdown,count\n"


@pytest.mark.parametrize("text", QUARTERS)
def test_a_quarter_however_written(text: str) -> None:
    assert financial_period(text) == financial_quarter(text) == "2025/26 Q2"
    assert financial_year(text) is None


@pytest.mark.parametrize("text", YEARS)
def test_a_year_however_written(text: str) -> None:
    assert financial_period(text) == financial_year(text) == "2025/26"
    assert financial_quarter(text) is None


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_period_of_a_financial_year(text: str) -> None:
    assert financial_period(text) is None


def test_the_turn_of_the_century() -> None:
    assert financial_period("1999-00 Q4") == "1999/00 Q4"


def test_grant_lines_and_returns_land_one_form(inbox: Inbox) -> None:
    lines = [f"Dudley,{period},line,Youth work,44000,{spend}"
             for spend, period in enumerate(("2024-25 Q2", "Q3 2024/25", "2024-25"))]  # fmt: skip
    inbox.put("grant/2025-10-05/grant.csv", (GRANT + "\n".join(lines)).encode())
    counts = ["Dudley,2024-25 Q2,cases,,98", "Dudley,Q3 2024/25,cases,,90"]
    inbox.put("marac/2025-10-05/return.csv", (MARAC + "\n".join(counts)).encode())
    report = land_inbox(inbox.folder)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    landing = inbox.folder.landing
    for dataset, column, expected in (
        ("grant_lines", "period", ["2024/25", "2024/25 Q2", "2024/25 Q3"]),
        ("marac_quarterly", "quarter", ["2024/25 Q2", "2024/25 Q3"]),
    ):
        rows = duckdb.sql(
            f"select {column} from read_parquet('{landing / dataset}/*.parquet') order by 1"
        ).fetchall()
        assert [label for (label,) in rows] == expected


def test_one_quarter_written_in_two_ways_is_one(inbox: Inbox) -> None:
    counts = "Dudley,2024-25 Q2,cases,,98\nDudley,Q2 2024/25,cases,,90\n"
    inbox.put("marac/2025-10-05/return.csv", (MARAC + counts).encode())
    (refused,) = land_inbox(inbox.folder).quarantined
    assert "lines 2, 3 give different figures" in refused.reason
