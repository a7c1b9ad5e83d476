"""Year-end forecasts on series whose outcome is known by hand."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXTRACT, PROJECT_ROOT

from .conftest import RunModel


def months(
    values: Sequence[float], first: date, missing: frozenset[int] = frozenset()
) -> list[Any]:
    """Consecutive months of one series, as int_chart_months numbers them."""
    rows = []
    present = [(place, value) for place, value in enumerate(values) if place not in missing]
    for position, (place, value) in enumerate(present):
        year, month = divmod(first.month - 1 + place, 12)
        rows.append(
            {
                **{"source": "s", "indicator_id": "i", "area_code": "a", "segment": 1},
                "month": date(first.year + year, month + 1, 1),
                **{"month_number": place, "value": float(value), "stretch": place - position},
            }
        )
    return rows


def forecast(run_model: RunModel, rows: list[Any]) -> list[dict[str, Any]]:
    run_model("int_forecast_origins", int_chart_months=rows)
    # a frame gives timestamps where the warehouse has dates; both models must take either
    return run_model("int_year_end_forecasts")


def test_a_step_down_is_forecast_half_way_between_last_year_and_now(run_model: RunModel) -> None:
    """100 a month from April 2020, 60 a month from April 2021; 34 months: January 2023 is known.

    February and March: last year 60 each, level 60: 120. Ten months of 60 are known: 720.
    """
    (row,) = forecast(run_model, months([100] * 12 + [60] * 22, date(2020, 4, 1)))
    assert (row["months_known"], row["months_ahead"]) == (10, 2)
    assert str(row["year_end_month"])[:10] == "2023-03-01"
    assert row["value_so_far"] == 600
    assert row["naive_year_end"] == 720
    assert row["reason_no_forecast"] is None
    assert row["forecast"] == pytest.approx(720, abs=1)
    # origins 13 to 32: the naive forecast was 80 too high from 13 to 22, then half, then right
    assert row["origins_tested"] == 20
    assert row["mean_naive_error"] == pytest.approx((10 * 80 + 40 + 0) / 20)
    assert row["error_ratio"] < 1
    assert row["value_so_far"] <= row["forecast_lower"] < row["forecast"] < row["forecast_upper"]


def test_a_pure_season_is_left_to_the_same_months_of_last_year(run_model: RunModel) -> None:
    season = [50, 50, 50, 50, 50, 50, 90, 90, 90, 10, 10, 10]
    (row,) = forecast(run_model, months(season * 2 + season[:8], date(2020, 4, 1)))
    assert row["mean_naive_error"] == 0
    assert row["forecast"] is None
    assert row["reason_no_forecast"] == "no better than the same months of last year"
    assert row["naive_year_end"] == sum(season)


@pytest.mark.parametrize(
    ("first", "origins", "given"), [(date(2021, 7, 1), 5, False), (date(2021, 6, 1), 6, True)]
)
def test_six_origins_are_wanted(
    run_model: RunModel, first: date, origins: int, given: bool
) -> None:
    """Two months ahead of January 2023, with 19 and with 20 months in a row."""
    values = [100.0] * 12 + [60.0] * (origins + 2)
    (row,) = forecast(run_model, months(values, first))
    assert (row["months_ahead"], row["origins_tested"]) == (2, origins)
    assert (row["forecast"] is not None) is given
    if not given:
        assert row["reason_no_forecast"] == "too few months in a row to test a forecast"


def test_limits_are_never_narrower_than_a_count_varies(run_model: RunModel) -> None:
    """The back-test says 4 at most; 120 expected vary by 11, times t(19) 2.093: 23."""
    steady = months([62] * 6 + [60] * 28, date(2020, 4, 1))
    (row,) = forecast(run_model, steady)
    if row["forecast"] is not None:
        assert row["forecast_upper"] - row["forecast"] == pytest.approx(2.093 * 120**0.5, abs=0.5)
    assert row["forecast"] is not None


def test_a_year_that_is_over_is_not_forecast(run_model: RunModel) -> None:
    assert forecast(run_model, months([100] * 12 + [60] * 24, date(2020, 4, 1))) == []


def test_a_year_that_is_over_has_no_origin_to_forecast_it_from(run_model: RunModel) -> None:
    rows = months([100] * 36, date(2020, 4, 1))  # the last month is March
    assert run_model("int_forecast_origins", int_chart_months=rows) == []


def test_a_missing_month_of_the_year_is_no_basis(run_model: RunModel) -> None:
    rows = months([100] * 12 + [60] * 20, date(2020, 4, 1), frozenset({28}))
    (row,) = forecast(run_model, rows)
    assert row["reason_no_forecast"] == "months of the year are missing"
    assert row["naive_year_end"] is None


def test_published_forecasts_beat_the_naive_one_on_real_counts(public_data: Path) -> None:
    """The promise of fct_forecasts, on 36 real months of seven partnerships, in both years."""
    forecast_backtest = runpy.run_path(str(PROJECT_ROOT / "benchmarks" / "forecast_backtest.py"))
    folder = "counts_by_authority" if public_data == EXTRACT else "counts"
    (counts,) = (public_data / folder).glob("*.parquet")
    connection = forecast_backtest["back_test"](counts)
    for year in (2024, 2025):
        found = forecast_backtest["compare"](connection, year, "forecast is not null")
        assert found.forecasts > 100
        assert found.error_ratio < 1
        assert found.scaled_error_ratio < 1
        assert found.series_won > 0.5
        assert found.within_interval is not None
        assert found.within_interval >= 0.95
