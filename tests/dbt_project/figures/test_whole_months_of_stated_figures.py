"""Stated figures that staging lets through: of whole months, and over on the extract date."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXTRACT = date(2025, 9, 15)
DAYS = st.sampled_from(
    [date(2025, month, day) for month in (6, 7, 8, 9) for day in (1, 2, 15, 29, 30)]
    + [date(2025, 7, 31), date(2025, 8, 31), date(2024, 2, 28), date(2024, 2, 29)]
)


def staged(models: Any, model: str, table: str, columns: str, rows: list[Any]) -> set[int]:
    """Build a staging model on landed rows of one load, and give the row numbers it keeps."""
    models.fill(
        "stg_landing__loads",
        "load_id varchar, source varchar, extract_date date",
        [("l", "s", EXTRACT)],
    )
    models.fill(table, f"_load_id varchar, _row_number bigint, {columns}", rows)
    models.build(model)
    return {row["row_number"] for row in models.rows(f"from {model}")}


RETURN = (
    "area varchar, area_type varchar, comparator varchar, programme varchar,"
    " cohort varchar, follow_up varchar,"
    " indicator_id varchar, period_start date, period_end date, numerator double,"
    " denominator double, value double, source_document varchar"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12))
def test_a_figure_is_of_whole_months_that_were_over(models: Any, periods: list[Any]) -> None:
    rows = [
        (
            "l",
            at,
            "Dudley",
            None,
            None,
            None,
            None,
            None,
            "robbery",
            first,
            last,
            1.0,
            None,
            None,
            "R",
        )
        for at, (first, last) in enumerate(periods)
    ]
    kept = staged(models, "stg_partner_returns__figures", "partner_returns", RETURN, rows)
    for at, (first, last) in enumerate(periods):
        is_whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        assert (at in kept) is (is_whole and last <= EXTRACT)


@pytest.mark.parametrize(
    ("month", "is_kept"),
    [(date(2025, 8, 1), True), (date(2025, 9, 1), False), (date(2025, 10, 1), False)],
)
def test_a_count_of_an_unfinished_month_is_no_count_yet(
    models: Any, month: date, is_kept: bool
) -> None:
    columns = "area varchar, indicator_id varchar, month date, count double"
    rows = [("l", 2, "Dudley", "robbery", month, 5.0)]
    assert (
        bool(staged(models, "stg_force_counts__counts", "force_counts", columns, rows)) is is_kept
    )


@pytest.mark.parametrize(
    ("quarter", "is_kept"), [("2025/26 Q1", True), ("2025/26 Q2", False), ("2024/25 Q4", True)]
)
def test_a_marac_quarter_counts_once_it_is_over(models: Any, quarter: str, is_kept: bool) -> None:
    columns = "area varchar, quarter varchar, measure varchar, breakdown varchar, count double"
    rows = [("l", 2, "Dudley", quarter, "cases", None, 5.0)]
    assert bool(staged(models, "stg_marac__quarterly", "marac_quarterly", columns, rows)) is is_kept
