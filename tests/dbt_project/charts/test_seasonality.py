"""A month against its own history: prediction intervals worked with the printed t table."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import RunModel


def months(
    values: dict[int, float], segments: dict[int, int] | None = None
) -> list[dict[str, Any]]:
    return [
        {
            **{"source": "s", "indicator_id": "i", "area_code": "a"},
            **{"segment": (segments or {}).get(number, 1), "month": number, "month_number": number},
            **{"period_label": "", "period_end": number, "value": value},
        }
        for number, value in values.items()
    ]


def latest(run_model: RunModel, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return max(run_model("int_seasonality", int_chart_months=rows), key=lambda row: row["month"])


def test_the_prediction_interval_of_three_years(run_model: RunModel) -> None:
    """80, 100, 120: mean 100, s 20, t(2) 4.303: 100 +/- 4.303 x 20 x sqrt(4/3) = 0.6 to 199.4."""
    row = latest(run_model, months({0: 80, 12: 100, 24: 120, 36: 150, 35: 7, 30: 8, 23: 9}))
    assert row["earlier_years"] == 3
    assert (row["history_mean"], row["history_min"], row["history_max"]) == (100, 80, 120)
    assert row["expected_lower"] == pytest.approx(100 - 99.37, abs=0.01)
    assert row["expected_upper"] == pytest.approx(100 + 99.37, abs=0.01)
    assert (row["rank_from_highest"], row["years_ranked"]) == (1, 4)
    assert row["against_expected"] == "within"
    assert not row["is_provisional"]


def test_years_that_are_alike_still_vary_as_counts_do(run_model: RunModel) -> None:
    """Three times 100: s is taken as 10, so 100 +/- 4.303 x 10 x sqrt(4/3) = 50.3 to 149.7."""
    history = {0: 100.0, 12: 100.0, 24: 100.0}
    row = latest(run_model, months({**history, 36: 149}))
    assert row["expected_upper"] == pytest.approx(149.68, abs=0.01)
    assert row["against_expected"] == "within"
    assert latest(run_model, months({**history, 36: 150}))["against_expected"] == "above"
    assert latest(run_model, months({**history, 36: 50}))["against_expected"] == "below"


def test_two_years_are_provisional_and_one_has_no_range(run_model: RunModel) -> None:
    two = latest(run_model, months({0: 5, 12: 7, 24: 6}))
    assert two["is_provisional"]
    assert two["expected_upper"] is not None
    assert two["expected_lower"] == 0
    one = latest(run_model, months({0: 5, 12: 7}))
    assert (one["earlier_years"], one["expected_upper"], one["against_expected"]) == (1, None, None)
    assert one["expected_lower"] is None  # and not 0, which it would be with two


def test_a_range_without_limit_says_that_the_history_is_too_short(run_model: RunModel) -> None:
    """1,200 and 1,600: 1,400 +/- 12.706 x 283 x sqrt(3/2) = 0 to 5,801: nothing lies outside."""
    two = latest(run_model, months({0: 1200, 12: 1600, 24: 2400}))
    assert two["expected_upper"] == pytest.approx(5801, abs=1)
    assert two["against_expected"] == "history too short"
    # beyond even that
    assert latest(run_model, months({0: 1200, 12: 1600, 24: 5900}))["against_expected"] == "above"
    # 100,000 twice: s is 316, so 100,000 +/- 4,921: two years can be enough
    alike = months({0: 100_000, 12: 100_000, 24: 101_000})
    assert latest(run_model, alike)["against_expected"] == "within"
    # no longer history is looked at than five years: small numbers stay within a wide range
    few = latest(run_model, months({0: 1, 12: 2, 24: 3, 36: 1, 48: 2, 60: 3}))
    assert (few["earlier_years"], few["against_expected"]) == (5, "within")


def test_ties_share_the_rank(run_model: RunModel) -> None:
    row = latest(run_model, months({0: 9, 12: 9, 24: 12, 36: 9}))
    assert row["rank_from_highest"] == 2


def test_a_sixth_year_and_what_lies_before_a_break_are_no_history(run_model: RunModel) -> None:
    row = latest(run_model, months({0: 999, 12: 1, 24: 2, 36: 3, 48: 4, 60: 5, 72: 6}))
    assert (row["earlier_years"], row["history_max"]) == (5, 5)
    broken = months({0: 999, 12: 10, 24: 11, 36: 12}, {12: 2, 24: 2, 36: 2})
    assert latest(run_model, broken)["earlier_years"] == 2


def test_years_without_a_case_do_not_say_that_none_can_come(run_model: RunModel) -> None:
    """One case falls into the last of six alike years in one of six; two do in one of 36.

    s is that of one case in five years: 2.776 x sqrt(1/5) x sqrt(6/5) = 1.36.
    """
    five = dict.fromkeys((0, 12, 24, 36, 48), 0.0)
    for value, said in ((0, "within"), (1, "within"), (2, "above")):
        row = latest(run_model, months({**five, 60: value}))
        assert (row["expected_lower"], row["against_expected"]) == (0, said), value
        assert row["expected_upper"] == pytest.approx(1.36, abs=0.01)
    three = dict.fromkeys((0, 12, 24), 0.0)
    for value, said in ((0, "history too short"), (1, "history too short"), (3, "above")):
        row = latest(run_model, months({**three, 36: value}))
        assert row["against_expected"] == said, value


def test_each_series_has_its_own_history(run_model: RunModel) -> None:
    """Four series differ in one thing each; the last has one month before this one."""
    rows = []
    for number, changed in enumerate(({}, {"source": "t"}, {"indicator_id": "j"})):
        for row in months({0: 10 + number, 12: 20 + number, 24: 30 + number}):
            rows.append(row | changed)
    rows += [row | {"area_code": "b"} for row in months({12: 7, 24: 8})]
    found = {
        (row["source"], row["indicator_id"], row["area_code"]): (
            row["history_min"],
            row["history_max"],
            row["earlier_years"],
        )
        for row in run_model("int_seasonality", int_chart_months=rows)
        if row["month"] == 24
    }
    assert found == {
        ("s", "i", "a"): (10, 20, 2),
        ("t", "i", "a"): (11, 21, 2),
        ("s", "j", "a"): (12, 22, 2),
        ("s", "i", "b"): (7, 7, 1),
    }
