"""What real reports printed comes out of the published file, row by row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT_ROOT

# Rows that carry a figure to load: B4 and B6 give a per cent alone; grants have their own mart.
_NOT_COUNTS = {"grant"}


@dataclass(frozen=True)
class PrintedFigure:
    id: str
    area: str
    indicator: str
    period_type: str
    period_label: str
    period_end: str
    value: float
    previous_value: float | None
    change: float | None
    change_pct: float | None


def _number(text: str) -> float | None:
    return float(text) if text else None


def printed_figures(file: Path) -> list[PrintedFigure]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            PrintedFigure(
                row["id"],
                row["area"],
                row["indicator"],
                row["period_type"],
                row["period_label"],
                row["period_end"],
                float(row["value"]),
                _number(row["previous_value"]),
                _number(row["published_change"]),
                _number(row["published_change_pct"]),
            )
            for row in csv.DictReader(lines)
            if row["value"] and row["indicator"] not in _NOT_COUNTS
        ]


FIGURES = printed_figures(PROJECT_ROOT / "tests" / "data" / "published_figures.csv")


def test_the_printed_figures_are_there() -> None:
    assert len(FIGURES) >= 14


@pytest.mark.parametrize("printed", FIGURES, ids=lambda figure: figure.id)
def test_a_printed_figure_comes_out(published_database: Path, printed: PrintedFigure) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        rows = connection.execute(
            """
            select period_label, value, previous_value, change, change_pct
            from fct_indicator_values
            where
                area_name = ?
                and indicator_id = ?
                and period_type = ?
                and period_end = cast(? as date)
                and source = 'partner_returns'
            """,
            [printed.area, printed.indicator, printed.period_type, printed.period_end],
        ).fetchall()
    assert len(rows) == 1, f"{printed.id}: expected one row, found {len(rows)}"
    label, value, previous, change, change_pct = rows[0]
    assert label == printed.period_label
    assert value == pytest.approx(printed.value, abs=5e-7)
    if printed.previous_value is not None:
        assert previous == pytest.approx(printed.previous_value, abs=5e-7)
    if printed.change is not None:
        assert change == printed.change
    if printed.change_pct is not None:
        assert round(change_pct, 1) == printed.change_pct


# The column `check` of published_figures.csv in figures: what the printed numbers imply.
IMPLIED = [
    ("A1", "total_recorded_crime", "ytd", {"change_pct": 15.93, "significance": "higher"}),
    ("A2", "total_recorded_crime", "quarter", {"change_pct": 8.46}),
    ("A4", "domestic_abuse", "ytd", {"change_pct": 16.49, "polarity": "neutral"}),
    (
        "A5",
        "hate_crime",
        "ytd",
        {
            "change_pct": 16.54,
            "change_ratio": 1.1654,
            "change_ratio_lower": 0.9184,
            "change_ratio_upper": 1.4805,
            "change_p_value": 0.22,
            "significance": "no clear change",
        },
    ),
    ("A6", "hate_crime", "quarter", {"change_pct": -5.48, "change_p_value": 0.80}),
    ("A7", "asb_calls_for_service", "ytd", {"change_pct": 7.26}),
    ("A8", "asb_calls_for_service", "quarter", {"change_pct": 3.59}),
    ("A9", "public_place_violence", "ytd", {"change_pct": 8.50, "change_p_value": 0.036}),
    ("A10", "public_place_violence", "quarter", {"change_pct": -0.75, "change_p_value": 0.91}),
    ("A11", "marac_cases", "rolling_12", {"change": 69.0, "change_pct": 20.97}),
    (
        "A12",
        "marac_repeat_rate",
        "rolling_12",
        {"change_pp": -1.95, "change_p_value": 0.53, "significance": "no clear change"},
    ),
]


@pytest.mark.parametrize(
    ("indicator", "period_type", "implied"),
    [case[1:] for case in IMPLIED],
    ids=[case[0] for case in IMPLIED],
)
def test_what_dudleys_figures_imply(
    published_database: Path, indicator: str, period_type: str, implied: dict[str, object]
) -> None:
    columns = list(implied)
    with duckdb.connect(str(published_database), read_only=True) as connection:
        row = connection.execute(
            f"""
            select {", ".join(columns)}
            from fct_indicator_values
            where
                area_name = 'Dudley'
                and indicator_id = ?
                and period_type = ?
                and period_end = date '2017-09-30'
            """,
            [indicator, period_type],
        ).fetchone()
    assert row is not None
    for column, seen in zip(columns, row, strict=True):
        expected = implied[column]
        if isinstance(expected, float):
            places = len(str(expected).split(".")[1])
            assert round(seen, places) == expected, column
        else:
            assert seen == expected, column


def test_the_rise_in_total_crime_is_beyond_doubt(published_database: Path) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        row = connection.execute(
            """
            select change_p_value from fct_indicator_values
            where area_name = 'Dudley' and indicator_id = 'total_recorded_crime'
                and period_type = 'ytd' and period_end = date '2017-09-30'
            """
        ).fetchone()
    assert row[0] < 1e-20


@pytest.mark.parametrize(
    ("indicator", "year_before", "year"),
    [
        ("total_recorded_crime", 4273, 5314),
        ("hate_crime", 60, 86),
        ("asb_calls_for_service", 8324, 9259),
        ("public_place_violence", 627, 742),
    ],
)
def test_quarter_one_follows_by_subtraction(
    published_database: Path, indicator: str, year_before: int, year: int
) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        row = connection.execute(
            """
            select previous_value, value from fct_indicator_values
            where area_name = 'Dudley' and indicator_id = ? and period_label = '2017/18 Q1'
            """,
            [indicator],
        ).fetchone()
    assert row == (year_before, year)


def test_wolverhamptons_knife_crime_rose_within_normal_variation(published_database: Path) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        row = connection.execute(
            """
            select change_p_value, significance from fct_indicator_values
            where area_name = 'Wolverhampton' and indicator_id = 'knife_crime'
                and period_type = 'financial_year' and period_label = '2017/18'
            """
        ).fetchone()
    assert (round(row[0], 2), row[1]) == (0.14, "no clear change")
