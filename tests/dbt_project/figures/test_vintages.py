"""Vintages of made-up extracts: late arrivals, partial windows, vanished records, small numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
END = {JUNE: date(2025, 6, 30), JULY: date(2025, 7, 31)}
AUGUST_2, SEPTEMBER_2, JULY_2 = date(2025, 8, 2), date(2025, 9, 2), date(2025, 7, 2)

COVERAGE = (
    "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
    " indicator_id varchar, period_start date, period_end date"
)
#: (load, extract date, scope, months covered), in the order of arrival: the oldest comes last
LOADS = [
    ("second", SEPTEMBER_2, "west", (JULY,)),
    ("first", AUGUST_2, "west", (JUNE, JULY)),
    ("east", AUGUST_2, "east", (JULY,)),
    ("oldest", JULY_2, "west", (JUNE,)),
]
#: (load, scope, month, area, indicator, records); "east" recorded one robbery in the west's area
COUNTS = [
    ("oldest", "west", JUNE, "W", "robbery", 20),
    ("first", "west", JUNE, "W", "robbery", 22),
    ("first", "west", JULY, "W", "robbery", 30),
    ("second", "west", JULY, "W", "robbery", 29),
    ("east", "east", JULY, "W", "robbery", 1),
    ("first", "west", JULY, "W", "hate", 3),
    ("second", "west", JULY, "W", "hate", 9),
    ("first", "west", JULY, "W", "burglary", 6),
]


@pytest.fixture(scope="module")
def built(models: Any) -> Any:
    models.fill(
        "stg_landing__coverage",
        COVERAGE,
        [
            (load, "s", "d", extracted, scope, "*", month, END[month])
            for load, extracted, scope, months in LOADS
            for month in months
        ],
    )
    models.fill(
        "int_source_indicators",
        "source varchar, dataset varchar, indicator_id varchar",
        [("s", "d", name) for name in ("robbery", "hate", "burglary")],
    )
    models.fill(
        "int_scope_areas",
        "scope varchar, area_code varchar",
        [("west", "W"), ("west", "F"), ("east", "E")],
    )
    models.fill(
        "int_load_areas",
        "load_id varchar, scope varchar, area_code varchar, is_spoken_for boolean",
        [
            (load, scope, area, True)
            for load, _, scope, _ in LOADS
            for area in {"west": ("W", "F"), "east": ("E",)}[scope]
        ],
    )
    models.fill(
        "int_counts_by_vintage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, month date,"
        " area_code varchar, indicator_id varchar, records bigint",
        [(x[0], "s", "d", *x[1:]) for x in COUNTS],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, indicator_name varchar, unit varchar, value_kind varchar",
        [(name, name, "count", "count") for name in ("robbery", "hate", "burglary")],
    )
    models.fill(
        "areas",
        "area_code varchar, area_name varchar, area_type varchar, force_code varchar,"
        " region_code varchar, country_code varchar",
        [
            ("W", "West", "csp", "F", "R", "C"),
            ("E", "East", "csp", "G", "R", "C"),
            ("F", "Force", "force", "F", "R", "C"),
        ],
    )
    models.fill("sources", "source varchar, is_public boolean", [("s", False)])
    models.fill(
        "int_sensitive_quantities",
        "indicator_id varchar, part varchar, quantity_id varchar",
        [("hate", "numerator", "hate"), ("burglary", "linked", "hate")],
    )
    models.fill("int_withheld_cells", "indicator_id varchar, area_code varchar", [])
    models.fill(
        "int_stated_vintages",
        "source varchar, indicator_id varchar, area_code varchar, period_start date,"
        " period_end date, extract_date date, numerator double, denominator double,"
        " stated_value double",
        [],
    )
    models.fill(
        "int_periods",
        "period_type varchar, period_label varchar, period_start date, period_end date",
        [("month", str(month), month, last) for month, last in END.items()],
    )
    models.build(
        "int_current_coverage",
        "int_scope_forces",
        "int_speaking_scopes",
        "int_current_counts",
        "int_counted_months",
        "int_counted_observations",
        "int_record_vintages",
        "int_figure_vintages",
        "int_withheld_revisions",
        "int_revisions",
        "fct_revisions",
    )
    return models


def history(built: Any, indicator: str, area: str, month: date) -> list[tuple[Any, ...]]:
    return built.connection.execute(
        "select extract_date, vintage_number, first_figure, figure, current_figure,"
        " change_from_first, change_from_previous_vintage, days_after_period_end, is_current"
        " from fct_revisions where indicator_id = ? and area_code = ? and period_start = ?"
        " order by extract_date",
        [indicator, area, month],
    ).fetchall()


def test_an_older_extract_that_comes_late_is_a_vintage_and_changes_nothing(built: Any) -> None:
    assert history(built, "robbery", "W", JUNE) == [
        (JULY_2, 1, 20, 20, 22, 0, None, 2, False),
        (AUGUST_2, 2, 20, 22, 22, 2, 2, 33, True),
    ]


def test_a_vanished_record_lowers_the_figure_and_other_forces_records_stay(built: Any) -> None:
    assert history(built, "robbery", "W", JULY) == [
        (AUGUST_2, 1, 31, 31, 30, 0, None, 2, False),
        (SEPTEMBER_2, 2, 31, 30, 30, -1, -1, 33, True),
    ]


def test_an_extract_says_nothing_of_a_month_outside_its_window(built: Any) -> None:
    assert SEPTEMBER_2 not in [row[0] for row in history(built, "robbery", "W", JUNE)]


def test_a_covered_month_without_records_is_zero(built: Any) -> None:
    rows = history(built, "robbery", "E", JULY)
    assert [(row[0], row[3]) for row in rows] == [(AUGUST_2, 0)]
    assert history(built, "robbery", "E", JUNE) == []


def test_one_small_vintage_withholds_all_and_what_is_linked_and_the_force(built: Any) -> None:
    shown = built.connection.execute(
        "select indicator_id, area_code, is_suppressed, count(figure), count(current_figure)"
        " from fct_revisions group by all order by all"
    ).fetchall()
    suppressed = {(i, a) for i, a, hidden, *_ in shown if hidden}
    assert suppressed == {("hate", "W"), ("hate", "F"), ("burglary", "W"), ("burglary", "F")}
    assert all((n > 0) != hidden and n == m for _, _, hidden, n, m in shown)


def test_the_newest_vintage_is_what_is_in_force(built: Any) -> None:
    found = built.connection.execute(
        "select area_code, period_start, indicator_id, numerator from int_counted_observations"
        " where is_supplied order by all"
    ).fetchall()
    assert found
    assert (
        found
        == built.connection.execute(
            "select area_code, period_start, indicator_id, numerator from int_record_vintages"
            " where is_supplied qualify extract_date = max(extract_date) over"
            " (partition by area_code, period_start, indicator_id) order by all"
        ).fetchall()
    )
    assert ("W", JULY, "burglary", 0.0) in found  # gone from the newest extract
