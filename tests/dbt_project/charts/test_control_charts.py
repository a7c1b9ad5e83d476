"""XmR charts against figures that others published.

NIST is the e-Handbook of Statistical Methods, 6.3.2.2; NHSRplotthedots is the R package of NHS
England's Making Data Count, whose recorded test outcomes are used.
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import RunModel

FLOW_RATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

# R's rnorm(20) after set.seed(123), which the tests of NHSRplotthedots use
NORMAL_20 = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621),
    *(-1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272),
    *(-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
]

# 14 months around 50 whose mean and limits the rule tests state themselves
CALM = {"baseline_points": 20, "mean": 50.0, "lower_limit": 20.0, "upper_limit": 80.0}


def months(values: list[float], missing: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    """Months of one chart, numbered as int_chart_months does; `missing` leaves some out."""
    present = [(number, value) for number, value in enumerate(values) if number not in missing]
    return [
        {
            **{"source": "s", "indicator_id": "i", "area_code": "a", "segment": 1},
            **{"month": number, "month_number": number, "period_label": "", "period_end": number},
            **{"value": float(value), "stretch": number - place, "segment_start": 0},
            "break_note": None,
        }
        for place, (number, value) in enumerate(present)
    ]


def limits(run_model: RunModel, values: list[float]) -> dict[str, Any]:
    (row,) = run_model("int_control_limits", int_chart_months=months(values))
    return row


def flags(
    run_model: RunModel, values: list[float], missing: frozenset[int] = frozenset(), **stated: float
) -> list[dict[str, Any]]:
    key = {"source": "s", "indicator_id": "i", "area_code": "a", "segment": 1}
    others = {"mean_moving_range": 1.0, "moving_ranges_dropped": 0, "is_provisional_limits": False}
    rows = run_model(
        "int_control_chart_points",
        int_chart_months=months(values, missing),
        int_control_limits=[{**key, **CALM, **others, **stated}],
    )
    return sorted(rows, key=lambda row: row["month"])


def test_the_limits_of_the_nist_example(run_model: RunModel) -> None:
    row = limits(run_model, FLOW_RATE)
    assert row["mean"] == pytest.approx(50.81)
    assert row["mean_moving_range"] == pytest.approx(1.8778, abs=5e-5)
    # NIST takes 3 / 1.128 where this chart takes 2.66: the fourth figure differs
    assert row["upper_limit"] == pytest.approx(55.8041, abs=1e-3)
    assert row["lower_limit"] == pytest.approx(45.8159, abs=1e-3)
    assert row["is_provisional_limits"]


def test_the_limits_of_nhsrplotthedots(run_model: RunModel) -> None:
    row = limits(run_model, NORMAL_20)
    assert row["mean"] == pytest.approx(0.1416238, abs=1e-7)
    assert row["lower_limit"] == pytest.approx(-3.01138, abs=1e-5)
    assert row["upper_limit"] == pytest.approx(3.294627, abs=1e-6)
    assert not row["is_provisional_limits"]
    assert row["moving_ranges_dropped"] == 0


def test_moving_ranges_far_out_are_dropped_once(run_model: RunModel) -> None:
    """The 15th point is 10: both its moving ranges go, its value stays in the mean."""
    row = limits(run_model, [*NORMAL_20[:14], 10.0, *NORMAL_20[15:]])
    assert row["moving_ranges_dropped"] == 2
    assert row["mean"] == pytest.approx(0.6694159, abs=1e-7)
    assert row["lower_limit"] == pytest.approx(-2.383666, abs=1e-6)
    assert row["upper_limit"] == pytest.approx(3.722497, abs=1e-6)


def test_a_series_that_never_moves_has_limits(run_model: RunModel) -> None:
    row = limits(run_model, [4.0] * 15)
    assert (row["lower_limit"], row["mean"], row["upper_limit"]) == (4.0, 4.0, 4.0)


def test_a_range_of_exactly_3_267_means_is_dropped(run_model: RunModel) -> None:
    """Ten ranges of mean 1,000, the greatest 3,267: "3.267 times their mean or more" (NHSR)."""
    ranges = [748, 748, 748, 748, 748, 748, 748, 748, 749, 3267]
    values = [0.0]
    for place, moved in enumerate(ranges):
        values.append(values[-1] + (moved if place % 2 else -moved))
    row = limits(run_model, values)
    assert row["moving_ranges_dropped"] == 1
    assert row["mean_moving_range"] == pytest.approx(6733 / 9)


def test_a_series_that_never_moves_drops_no_range(run_model: RunModel) -> None:
    row = limits(run_model, [5.0] * 14)
    assert (row["moving_ranges_dropped"], row["mean_moving_range"]) == (0, 0)


# two homicides in thirty months
RARE = [0.0] * 11 + [1.0] + [0.0] * 8 + [1.0] + [0.0] * 9


def test_a_few_cases_in_years_allow_for_months_without_one(run_model: RunModel) -> None:
    """4 of 29 ranges are 1, each more than 3.267 of their mean: 2 of 30, +/- 2.66 x 4 of 29."""
    row = limits(run_model, RARE)
    assert (row["moving_ranges_dropped"], row["baseline_points"]) == (0, 30)
    assert row["lower_limit"] == pytest.approx(2 / 30 - 2.66 * 4 / 29)
    assert row["upper_limit"] == pytest.approx(2 / 30 + 2.66 * 4 / 29)


def test_no_month_without_a_rare_case_lies_outside_the_limits(run_model: RunModel) -> None:
    found = flags(run_model, RARE, mean=2 / 30, lower_limit=-0.3, upper_limit=0.43)
    assert [row["is_outside_limits"] for row in found] == [bool(value) for value in RARE]


def test_a_single_month_has_a_mean_and_no_limits(run_model: RunModel) -> None:
    row = limits(run_model, [4.0])
    assert row["mean"] == 4.0
    assert row["lower_limit"] is None


def test_a_range_across_a_missing_month_is_none(run_model: RunModel) -> None:
    (row,) = run_model(
        "int_control_limits",
        int_chart_months=months([10, 12, 99, 20, 24], missing=frozenset({2})),
    )
    assert row["mean_moving_range"] == pytest.approx(3.0)
    assert row["baseline_points"] == 4


@pytest.mark.parametrize(("points", "provisional"), [(12, True), (13, False)])
def test_limits_are_provisional_below_13_points(
    run_model: RunModel, points: int, provisional: bool
) -> None:
    assert limits(run_model, list(range(points)))["is_provisional_limits"] is provisional


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ([1, 2, 3, 4, 5, 6, 7], range(7)),
        ([7, 6, 5, 4, 3, 2, 1], range(7)),
        ([1, 2, 3, 3, 4, 5, 6], ()),  # definitions, and NHSRplotthedots: two equal are no rise
        ([1, 2, 3, 4, 5, 6], ()),
        ([51] * 8, ()),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], range(1, 8)),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], range(1, 8)),
        ([1, 2, 3, 4, 5, 6, 7, 8], range(8)),
    ],
)
def test_seven_rising_or_falling(run_model: RunModel, values: list[float], flagged: range) -> None:
    found = [row["month"] for row in flags(run_model, values) if row["is_trend_of_seven"]]
    assert found == list(flagged)


def test_where_a_rise_turns_into_a_fall_the_turn_is_part_of_the_fall(run_model: RunModel) -> None:
    values: list[float] = [31, 32, 33, 34, 35, 36, 37, 36, 35, 34, 33, 32, 31]
    causes = [row["special_cause"] for row in flags(run_model, values)]
    assert causes == ["7 points rising"] * 6 + ["7 points falling"] * 7


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ([51] * 6 + [49], ()),
        ([51] * 8 + [49], range(8)),
        ([49] * 8 + [51], range(8)),
        ([51] * 6, ()),
        ([50] * 8, ()),
        ([51] * 6 + [50] + [51] * 6, ()),  # a point on the mean is on neither side
        ([51] * 7, range(7)),
    ],
)
def test_seven_on_one_side(run_model: RunModel, values: list[float], flagged: range) -> None:
    found = [row["month"] for row in flags(run_model, values) if row["is_run_of_seven"]]
    assert found == list(flagged)


@pytest.mark.parametrize(
    ("near", "flagged"),
    [
        # vectors of NHSRplotthedots' own tests: 1 is a point in the outer third
        ([1, 0, 1], [0, 2]),
        ([0, 1, 1], [1, 2]),
        ([1, 1, 0], [0, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [2, 4]),
        ([0, 0, 1, 1, 0, 0, 0], [2, 3]),
        ([1, 0, 0, 1], []),
        ([1, 0, 0, 1, 1], [3, 4]),
        ([0, 0, 0], []),
        # opposite sides are no pair (its issue 143); two points alone are no three
        ([1, -1, 0], []),
        ([-1, 0, -1], [0, 2]),
        ([1, 1], []),
    ],
)
def test_two_of_three_in_the_outer_third(
    run_model: RunModel, near: list[int], flagged: list[int]
) -> None:
    values = [51.0 + 20 * n if n >= 0 else 29.0 for n in near]
    found = [row["month"] for row in flags(run_model, values) if row["is_two_of_three"]]
    assert found == flagged


def test_exactly_two_thirds_of_the_limit_is_not_beyond_it(run_model: RunModel) -> None:
    for values in ([70.0, 70.0, 51.0], [30.0, 30.0, 51.0]):
        assert not any(row["is_two_of_three"] for row in flags(run_model, values))


@pytest.mark.parametrize(
    ("value", "outside"), [(80.0, False), (80.5, True), (20.0, False), (19, True)]
)
def test_a_point_on_the_limit_is_inside(run_model: RunModel, value: float, outside: bool) -> None:
    first = flags(run_model, [value, 51, 49])[0]
    assert first["is_outside_limits"] is outside


def test_a_missing_month_interrupts_runs_trends_and_pairs(run_model: RunModel) -> None:
    gap = frozenset({4})
    assert not any(r["is_run_of_seven"] for r in flags(run_model, [51] * 9, gap))
    assert not any(r["is_trend_of_seven"] for r in flags(run_model, list(range(41, 50)), gap))
    pair = flags(run_model, [51, 51, 51, 75, 0, 75, 51, 51], gap)
    assert not any(r["is_two_of_three"] for r in pair)
    assert flags(run_model, [51] * 9, gap)[4]["moving_range"] is None


def test_the_first_rule_in_order_names_the_point(run_model: RunModel) -> None:
    rows = flags(run_model, [41, 42, 43, 44, 45, 46, 85])
    assert rows[6]["special_cause"] == "above the upper limit"
    assert rows[5]["special_cause"] == "7 points rising"
    assert [row["special_cause_sign"] for row in rows] == [1] * 7


def test_the_moving_range_of_a_point_is_its_step_from_the_month_before(run_model: RunModel) -> None:
    """10, 13, 9, then a month that is missing, then 20 and 20: no range across the gap."""
    rows = flags(run_model, [10, 13, 9, 0, 20, 20], frozenset({3}))
    assert [row["moving_range"] for row in rows] == [None, 3, 4, None, 0]
